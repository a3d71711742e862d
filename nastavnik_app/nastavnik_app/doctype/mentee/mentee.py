from nastavnik_app.people.person import Person


class Mentee(Person):
	pass
