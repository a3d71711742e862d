"""How long the lists, the workspace and the reports take over many participants, on either engine."""
