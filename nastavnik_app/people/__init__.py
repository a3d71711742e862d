"""People of the programme: who takes part, who has consented to what, who decides for the school."""
