from nastavnik_app.people import Person


class Mentee(Person):
	pass
