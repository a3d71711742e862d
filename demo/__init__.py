"""The demonstration school: its roadmap and roster, and the programme run from them."""
