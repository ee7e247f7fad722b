"""What schemathesis takes for a failure and is none, since a schema cannot say what depends on bytes or on state.

Each exception is one error of one operation, with its reason; every other refusal of a valid request is a failure, and
so is every other success of an invalid one.
"""
import schemathesis

# Operation -> error code and parameter -> why a request that fits the schemas is refused with it.
PICTURE = {
    ("unsupported_media_type", "file"): "the bytes are of no picture, and a schema does not know which are",
    ("invalid_image", "file"): "the bytes begin like a picture and go on otherwise",
    ("empty_file", "file"): "`format: binary` has no minimal length in a form",
}
FORM = {
    ("invalid_request", "sign_expires_in"): "only with `private`, which may stand in another place of the request",
    ("invalid_multipart", None): "a control character in the name of a part, of which a schema says nothing",
}
REUSED = {("idempotency_key_reused", "Idempotency-Key"): "the key was used for another upload before"}
DELIVERY = {
    ("image_deleted", None): "deleted by an earlier step",
    ("image_expired", None): "uploaded with an end by an earlier step",
    ("precondition_failed", None): "an entity tag or date that is not the image's",
    ("range_not_satisfiable", None): "a range after the end of the image",
}
ADDRESS = {("invalid_request", "email"): "its lengths are bytes (RFC 5321), and a schema counts characters"}
REFUSALS = {
    "register": ADDRESS,
    "login": ADDRESS,
    "listImages": {("invalid_cursor", "cursor"): "a cursor comes from a list of this project"},
    "deleteProject": {("invalid_request", "confirm"): "it is the name that the project has at the moment"},
    "signImageUrl": {("invalid_request", None): "a public image needs no link"},
    "uploadImage": PICTURE | FORM | REUSED,
    "uploadBatch": FORM | {("invalid_request", "collection"): "a name that is no folder needs a folder beside it"},
    "getPublicImage": DELIVERY,
    "getPrivateImage": DELIVERY,
}
FORM_TYPE = "multipart/form-data"
TEXT_FIELDS = ("collection", "folder", "filename")
# An answer to HEAD has no body to read a code from.
BODYLESS_REFUSALS = {"headPublicImage": {410, 412}, "headPrivateImage": {410, 412}}


def is_known_refusal(operation: str, case, response) -> bool:
    if response.status_code in BODYLESS_REFUSALS.get(operation, ()):
        return True
    if operation not in REFUSALS:
        return False
    if REFUSALS[operation] is ADDRESS and case.body["email"].isascii():
        return False
    error = response.json()["error"]
    return (error["code"], error.get("param")) in REFUSALS[operation]


def is_partial_batch(operation: str, response) -> bool:
    """A batch is refused file by file: what is wrong with one of them is in its own result."""
    return operation == "uploadBatch" and response.status_code == 207 and response.json()["data"]["failed"] > 0


def wrong_parts(case) -> set[str]:
    """Where the request was made to violate the contract: query, body, …"""
    return {location.value for location, part in case.meta.components.items() if part.mode.is_negative}


def is_query_beside_form(operation: str, case) -> bool:
    """With a form the fields are in it; the same ones in the query count for raw bodies only, and are not read."""
    return operation == "uploadImage" and case.media_type == FORM_TYPE and wrong_parts(case) == {"query"}


def is_text_in_form(operation: str, case) -> bool:
    """A form knows texts only: null and 1 arrive as "null" and "1", which are folders and names like others."""
    if operation not in ("uploadImage", "uploadBatch") or case.media_type != FORM_TYPE or wrong_parts(case) != {"body"}:
        return False
    fields = case.body if isinstance(case.body, dict) else {}
    return any(not isinstance(fields.get(name, ""), str) for name in TEXT_FIELDS)


@schemathesis.hook
def filter_failure(context, failure, case, response) -> bool:
    """False for what is no failure."""
    operation = case.operation.definition.raw["operationId"]
    if "positive_data_acceptance" in failure.checks:
        return not is_known_refusal(operation, case, response)
    if "negative_data_rejection" in failure.checks:
        return not (
            is_partial_batch(operation, response)
            or is_query_beside_form(operation, case)
            or is_text_in_form(operation, case)
        )
    return True
