from nastavnik_app.people.person import Person


class Mentor(Person):
	pass
