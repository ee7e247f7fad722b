#!/usr/bin/env node
// The two calls and one of each error, with fetch and FormData.  upload.mjs PICTURE
import { createHash, randomUUID } from "node:crypto";
import { readFile } from "node:fs/promises";

const base = process.env.PIXELVAULT_URL ?? "http://127.0.0.1:8080";
const picture = await readFile(process.argv[2]);

const register = (email) =>
  fetch(`${base}/v1/auth/register`, { method: "POST", body: JSON.stringify({ email }) });

function upload(key, bytes, name, fields = {}) {
  const form = new FormData();
  if (bytes) form.set("file", new Blob([bytes]), name);
  for (const [field, value] of Object.entries(fields)) form.set(field, value);
  return fetch(`${base}/v1/images`, {
    method: "POST",
    headers: { Authorization: `Bearer ${key}` },
    body: form,
  });
}

// Register, once. The key is shown in this answer only.
const email = `node-${randomUUID()}@example.com`;
const { api_key: key } = await (await register(email)).json();

// Upload. A retry of this very call is safe: it gives the same image again.
const { url } = await (await upload(key, picture, "picture")).json();
const delivered = Buffer.from(await (await fetch(url)).arrayBuffer());
if (!delivered.equals(picture)) throw new Error("the picture came back changed");
console.log(`uploaded ${createHash("sha256").update(picture).digest("hex")}`);

// Every error has a status, a stable code, and a sentence that says what to do.
async function show(answer) {
  const { error } = await answer.json();
  console.log(`${answer.status} ${error.code}`);
}
const half = picture.subarray(0, 64);
const unknown = `${base}/v1/images/img_00000000000000000000000000`;

await show(await register(email));
await show(await upload("wrong", half, "half.png"));
await show(await upload(key, null, null, { folder: "holiday" }));
await show(await upload(key, picture, "picture", { folder: "../etc" }));
await show(await fetch(unknown, { headers: { Authorization: `Bearer ${key}` } }));
await show(await upload(key, Buffer.alloc(6_000_000), "large.png"));
await show(await upload(key, Buffer.from("not a picture\n"), "notes.txt"));
await show(await upload(key, half, "half.png"));
