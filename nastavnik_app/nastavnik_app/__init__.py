"""The module, in Frappe's own layout: `doctype/`, `report/`, `print_format/`, `workspace/`, `number_card/`,
`dashboard_chart/`, `dashboard_chart_source/`, `module_onboarding/`, `onboarding_step/`.

Controllers and reports are doors: a line for each rule. The rules themselves live in the rooms beside this folder.
"""
