"""The programme: its roadmap become tasks, and its reports by mail."""
