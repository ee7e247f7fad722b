#!/usr/bin/env bash
# The two calls and one of each error, with curl.  upload.sh PICTURE   (PIXELVAULT_URL: the server)
set -euo pipefail
base=${PIXELVAULT_URL:-http://127.0.0.1:8080}
picture=$1
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

# Register, once. The key is shown in this answer only.
email="curl-$RANDOM$RANDOM@example.com"
key=$(curl -sS --fail-with-body "$base/v1/auth/register" -d "{\"email\": \"$email\"}" | jq -r .api_key)

# Upload. A retry of this very call is safe: it gives the same image again.
url=$(curl -sS --fail-with-body "$base/v1/images" -H "Authorization: Bearer $key" -F "file=@\"$picture\"" | jq -r .url)
curl -sSf "$url" | cmp - "$picture"
echo "uploaded $(sha256sum <"$picture" | cut -d ' ' -f 1)"

# Every error has a status, a stable code, and a sentence that says what to do.
show() {
  local status
  status=$(curl -sS -o "$scratch/answer" -w '%{http_code}' "$@")
  echo "$status $(jq -r .error.code "$scratch/answer")"
}
auth=(-H "Authorization: Bearer $key")
head -c 64 "$picture" >"$scratch/half.png"
echo 'not a picture' >"$scratch/notes.txt"
head -c 6000000 /dev/zero >"$scratch/large.png"

show "$base/v1/auth/register" -d "{\"email\": \"$email\"}"
show "$base/v1/images" -H 'Authorization: Bearer wrong' -F "file=@$scratch/half.png"
show "$base/v1/images" "${auth[@]}" -F 'folder=holiday'
show "$base/v1/images" "${auth[@]}" -F "file=@\"$picture\"" -F 'folder=../etc'
show "$base/v1/images/img_00000000000000000000000000" "${auth[@]}"
show "$base/v1/images" "${auth[@]}" -F "file=@$scratch/large.png"
show "$base/v1/images" "${auth[@]}" -F "file=@$scratch/notes.txt"
show "$base/v1/images" "${auth[@]}" -F "file=@$scratch/half.png"
