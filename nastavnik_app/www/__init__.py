"""Pages for everybody without a login: a questionnaire by its link, the public figures.
What lies here as .html or .md is a page of the site, so there is no README; no page here names a person."""
