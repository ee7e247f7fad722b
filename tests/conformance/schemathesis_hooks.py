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
CONDITIONS = {
    ("precondition_failed", None): "an entity tag or date that is not the image's",
    ("range_not_satisfiable", None): "a range after the end of the image",
}
REFUSALS = {
    "listImages": {("invalid_cursor", "cursor"): "a cursor comes from a list of this project"},
    "deleteProject": {("invalid_request", "confirm"): "it is the name that the project has at the moment"},
    "signImageUrl": {("invalid_request", None): "a public image needs no link"},
    "uploadImage": PICTURE | FORM | REUSED,
    "uploadBatch": FORM | {("invalid_request", "collection"): "a name that is no folder needs a folder beside it"},
    "getPublicImage": CONDITIONS,
    "getPrivateImage": CONDITIONS,
}
# An answer to HEAD has no body to read a code from.
BODYLESS_REFUSALS = {"headPublicImage": {412}, "headPrivateImage": {412}}


def is_known_refusal(operation: str, response) -> bool:
    if response.status_code in BODYLESS_REFUSALS.get(operation, ()):
        return True
    if operation not in REFUSALS:
        return False
    error = response.json()["error"]
    return (error["code"], error.get("param")) in REFUSALS[operation]


def is_partial_batch(operation: str, response) -> bool:
    """A batch is refused file by file: what is wrong with one of them is in its own result."""
    return operation == "uploadBatch" and response.status_code == 207 and response.json()["data"]["failed"] > 0


@schemathesis.hook
def filter_failure(context, failure, case, response) -> bool:
    """False for what is no failure."""
    operation = case.operation.definition.raw["operationId"]
    if "positive_data_acceptance" in failure.checks:
        return not is_known_refusal(operation, response)
    if "negative_data_rejection" in failure.checks:
        return not is_partial_batch(operation, response)
    return True
