from nastavnik_app.people import Person


class Mentor(Person):
	pass
