// The two calls and what follows them, in types that were generated from the contract: node out/smoke.js BASE_URL PICTURE.
import { randomUUID } from "node:crypto";
import { readFile } from "node:fs/promises";
import createClient from "openapi-fetch";
import type { components, paths } from "./api.js";

type Image = components["schemas"]["Image"];
type ErrorCode = components["schemas"]["ErrorCode"];

function check(fact: unknown, sentence: string): asserts fact {
  if (!fact) throw new Error(sentence);
}

/** A form as multipart/form-data; what is no text and no file goes as JSON. */
function toForm(fields: object): FormData {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) {
    if (value instanceof Blob) form.append(name, value, "picture");
    else form.append(name, typeof value === "object" ? JSON.stringify(value) : String(value));
  }
  return form;
}

async function main(baseUrl: string, picture: Blob): Promise<void> {
  const anonymous = createClient<paths>({ baseUrl });
  const email = `${randomUUID()}@example.com`;
  const registered = await anonymous.POST("/v1/auth/register", { body: { email } });
  check(registered.data, "registering gives a key");
  const headers = { Authorization: `Bearer ${registered.data.api_key}` };
  const client = createClient<paths>({ baseUrl, headers });

  const uploaded = await client.POST("/v1/images", {
    body: { file: picture, folder: "typescript", metadata: { from: "smoke" } },
    bodySerializer: toForm,
  });
  check(uploaded.data, `uploading works: ${JSON.stringify(uploaded.error)}`);
  const image: Image = uploaded.data.data;
  check(image.size === picture.size, "the size is that of the file");
  check(image.metadata["from"] === "smoke", "the metadata came along");

  const delivered = await fetch(image.url);
  check((await delivered.blob()).size === picture.size, "the picture is served");

  const listed = await client.GET("/v1/images", { params: { query: { per_page: 10, folder: "typescript" } } });
  check(listed.data?.data[0]?.id === image.id, "the list has it");

  const path = { id: image.id };
  const got = await client.GET("/v1/images/{id}", { params: { path } });
  check(got.data?.data.sha256 === image.sha256, "it is the same image");

  const deleted = await client.DELETE("/v1/images/{id}", { params: { path } });
  check(deleted.data?.data.deleted, "deleting works");

  const missing = await client.GET("/v1/images/{id}", { params: { path } });
  check(missing.response.status === 404, "a deleted image is not found");
  const code: ErrorCode | undefined = missing.error?.error.code;
  check(code === "image_not_found", "the error has its code");
  console.log("typescript: ok");
}

const [baseUrl, file] = process.argv.slice(2);
check(baseUrl && file, "usage: node out/smoke.js BASE_URL PICTURE");
await main(baseUrl, new Blob([new Uint8Array(await readFile(file))]));
