"""What Frappe asks of the app: the doors, who guards them, and what runs by the clock."""

from nastavnik_app.rules.personal_data import USER_DATA_FIELDS as _USER_DATA_FIELDS
from nastavnik_app.rules.scope import REFERENCES as _REFERENCES
from nastavnik_app.rules.scope import SCOPE_FIELD as _SCOPE_FIELD
from nastavnik_app.rules.scope import SCOPED_TABLES as _SCOPED_TABLES
from nastavnik_app.rules.scope import SEARCHED as _SEARCHED
from nastavnik_app.rules.states import ACTIONS as _ACTIONS
from nastavnik_app.rules.states import MACHINES as _MACHINES

app_name = "nastavnik_app"
app_title = "Nastavnik"
app_publisher = "nastavnik_app contributors"
app_description = "A school's mentoring program, from its roadmap to its final report"
app_email = "maintainers@nastavnik.example"
app_license = "MIT"

app_include_js = [
	"nastavnik_desk.bundle.js",
	"nastavnik_paper.bundle.js",
	"nastavnik_orders.bundle.js",
	"nastavnik_questionnaires.bundle.js",
	"nastavnik_privacy.bundle.js",
	"nastavnik_erp.bundle.js",
	"nastavnik_states.bundle.js",
]

# Fields that the state of a document has closed are no inputs on Desk.
extend_bootinfo = "nastavnik_app.desk.open_fields.extend_bootinfo"

# After signing in, whoever works in the program comes to its workspace.
add_to_apps_screen = [
	{
		"name": app_name,
		"logo": "/assets/nastavnik_app/images/logo.svg",
		"title": "Mentoring",
		"route": "/app/mentoring",
		"has_permission": "nastavnik_app.permissions.has_role",
	}
]

calendars = ["Roadmap Task", "Mentoring Event", "Pair Meeting"]

after_install = "nastavnik_app.install.after_install"
after_sync = "nastavnik_app.install.after_sync"
after_migrate = "nastavnik_app.install.after_migrate"
before_uninstall = "nastavnik_app.install.before_uninstall"
# other apps come and go: the fields that link to theirs with them
after_app_install = "nastavnik_app.integrations.fields.refresh"
before_app_uninstall = "nastavnik_app.integrations.fields.withdraw"

# Owned outright: a name and nothing that a school could edit. All that can be edited is seeded instead.
fixtures = [{"dt": "Workflow Action Master", "filters": [["name", "in", _ACTIONS]]}]

# Every door through which Frappe lets a document change state or content.
_doors = (
	"validate",
	"before_update_after_submit",
	"before_cancel",
	"before_discard",
	"on_trash",
	"before_rename",
)
_attaching = (
	"Consent",
	"Mentoring Indicator Value",
	"Mentoring Best Practice",
	"Mentoring Material",
	"Mentoring Order",
	"Mentoring Print Job",
	"Roadmap Import",
	"Roadmap Task",
	"Roster Import",
)

doc_events = {
	tuple(_MACHINES): {event: "nastavnik_app.workflow.guard" for event in ("before_validate", *_doors)},
	_SCOPED_TABLES: {event: "nastavnik_app.workflow.guard_row" for event in _doors},
	_attaching: {"validate": "nastavnik_app.attachments.require_own_files"},
	"File": {event: "nastavnik_app.attachments.guard_file" for event in ("validate", "on_trash")},
	("Pair", "Roadmap Task"): {"on_trash": "nastavnik_app.pairs.matching.release"},
	"Auto Email Report": {"validate": "nastavnik_app.mailings.aggregates.refuse_persons"},
	("Educational Organization", "Mentoring Settings", "Program Return"): {
		"on_change": "nastavnik_app.returns.public_page.forget"
	},
	"Personal Data Deletion Request": {"on_update": "nastavnik_app.privacy.requests.tell_curators"},
	"User": {"validate": "nastavnik_app.privacy.requests.refuse_before_act"},
	("Comment", "Document Follow", "Tag Link", "ToDo"): {"validate": "nastavnik_app.references.require_seen"},
	# of Education and ERPNext, where they are installed
	("Student", "Guardian", "Student Group", "Employee", "Instructor"): {
		"on_update": "nastavnik_app.integrations.following.note"
	},
	"Program Enrollment": {
		event: "nastavnik_app.integrations.following.note"
		for event in ("on_submit", "on_update_after_submit", "on_cancel")
	},
}

# Frappe's endpoints that look past the rows.
override_whitelisted_methods = {
	"erpnext.crm.utils.get_open_activities": "nastavnik_app.endpoints.get_open_activities",
	"frappe.client.get": "nastavnik_app.endpoints.get",
	"frappe.client.get_count": "nastavnik_app.endpoints.get_count",
	"frappe.client.validate_link": "nastavnik_app.endpoints.validate_link",
	"frappe.desk.doctype.dashboard_chart.dashboard_chart.get": "nastavnik_app.endpoints.get_chart",
	"frappe.desk.notifications.get_open_count": "nastavnik_app.endpoints.get_open_count",
	"frappe.desk.doctype.tag.tag.remove_tag": "nastavnik_app.endpoints.remove_tag",
	"frappe.desk.doctype.kanban_board.kanban_board.add_card": "nastavnik_app.desk.kanban.add_card",
	"frappe.desk.doctype.kanban_board.kanban_board.update_order": "nastavnik_app.desk.kanban.update_order",
	"frappe.desk.doctype.kanban_board.kanban_board.update_order_for_single_card": (
		"nastavnik_app.desk.kanban.update_order_for_single_card"
	),
	"frappe.desk.like.toggle_like": "nastavnik_app.endpoints.toggle_like",
	"frappe.desk.search.get_link_title": "nastavnik_app.endpoints.get_link_title",
	"frappe.workflow.doctype.workflow.workflow.get_workflow_state_count": (
		"nastavnik_app.endpoints.get_workflow_state_count"
	),
}

permission_query_conditions = {
	**{doctype: "nastavnik_app.permissions.query_conditions" for doctype in (*_SCOPE_FIELD, *_SCOPED_TABLES)},
	**{doctype: "nastavnik_app.permissions.reference_conditions" for doctype in _REFERENCES},
}
has_permission = {
	**{doctype: "nastavnik_app.permissions.has_permission" for doctype in _SCOPE_FIELD},
	"File": "nastavnik_app.permissions.file_permission",
}
standard_queries = {doctype: "nastavnik_app.endpoints.search" for doctype in (*_SCOPE_FIELD, *_SEARCHED)}

scheduler_events = {
	"daily": ["nastavnik_app.tasks.daily"],
	"hourly": ["nastavnik_app.tasks.hourly"],
	"cron": {
		# which days are a report's is in the settings; what failed is tried again within the day
		"0 7-19 * * *": ["nastavnik_app.tasks.send_reports"],
		"0 6 * * *": ["nastavnik_app.tasks.send_personal_digests"],
	},
}

user_data_fields = _USER_DATA_FIELDS

pdf_generator = "nastavnik_app.documents.pdf.generate"

jinja = {
	"methods": [
		"nastavnik_app.documents.template_methods",
		"nastavnik_app.documents.order_methods",
		"nastavnik_app.documents.people_methods",
		"nastavnik_app.documents.program_methods",
		"nastavnik_app.documents.questionnaire_methods",
		"nastavnik_app.documents.return_methods",
	]
}
