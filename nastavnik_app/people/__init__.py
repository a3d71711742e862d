"""People of the programme: who takes part, who has consented to what, who decides for the school.
Nobody is blocked or erased here (`privacy/`), and nobody put into a pair (`pairs/`)."""
