"""Exceptions under the names, the bases and the HTTP status codes that Frappe documents."""


class OutsideContract(NotImplementedError, AttributeError):
	"""A name of Frappe that benchless does not have. AttributeError too, so that `hasattr` answers False."""


class ValidationError(Exception):
	http_status_code = 417


class DoesNotExistError(ValidationError):
	http_status_code = 404

	def __init__(self, *args: object, doctype: str | None = None):
		super().__init__(*args)
		self.doctype = doctype


def _make(base: type[Exception], names: str, **attributes: int) -> None:
	for name in names.split():
		globals()[name] = type(name, (base,), {"__module__": __name__, **attributes})


_make(Exception, "AuthenticationError", http_status_code=401)
_make(Exception, "PermissionError", http_status_code=403)
_make(Exception, "NameError", http_status_code=409)
_make(Exception, "CSRFTokenError", http_status_code=400)
_make(Exception, "QueryTimeoutError QueryDeadlockError")
_make(globals()["NameError"], "DuplicateEntryError")
_make(
	ValidationError,
	"CannotChangeConstantError CharacterLengthExceededError DataError DocstatusTransitionError "
	"InvalidEmailAddressError InvalidPhoneNumberError LinkExistsError LinkValidationError MandatoryError "
	"MaxFileSizeReachedError NonNegativeError TimestampMismatchError UniqueValidationError UpdateAfterSubmitError",
)
_make(ValidationError, "RateLimitExceededError", http_status_code=429)
_make(globals()["LinkValidationError"], "CancelledLinkError")
