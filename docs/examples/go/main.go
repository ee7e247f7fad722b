// The two calls and one of each error, with net/http and mime/multipart.
//
//	go run . PICTURE   (PIXELVAULT_URL: the server)
package main

import (
	"bytes"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"io"
	"log"
	"mime/multipart"
	"net/http"
	"os"
	"time"
)

var base = "http://127.0.0.1:8080"

type answer struct {
	APIKey string `json:"api_key"`
	URL    string `json:"url"`
	Error  struct {
		Code    string `json:"code"`
		Message string `json:"message"`
	} `json:"error"`
}

// call sends a request and gives the status and the JSON of its answer.
func call(method, path, key, contentType string, body io.Reader) (int, answer) {
	request, err := http.NewRequest(method, base+path, body)
	check(err)
	request.Header.Set("Authorization", "Bearer "+key)
	request.Header.Set("Content-Type", contentType)
	response, err := http.DefaultClient.Do(request)
	check(err)
	defer response.Body.Close()
	var parsed answer
	check(json.NewDecoder(response.Body).Decode(&parsed))
	return response.StatusCode, parsed
}

func register(email string) (int, answer) {
	body, err := json.Marshal(map[string]string{"email": email})
	check(err)
	return call("POST", "/v1/auth/register", "", "application/json", bytes.NewReader(body))
}

// upload sends a file, unless it is nil, and a folder, unless it is empty.
func upload(key string, file []byte, name, folder string) (int, answer) {
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	if folder != "" {
		check(form.WriteField("folder", folder))
	}
	if file != nil {
		part, err := form.CreateFormFile("file", name)
		check(err)
		_, err = part.Write(file)
		check(err)
	}
	check(form.Close())
	return call("POST", "/v1/images", key, form.FormDataContentType(), &body)
}

// show prints an error: every one has a status, a stable code, and a sentence that says what to do.
func show(status int, answer answer) { fmt.Println(status, answer.Error.Code) }

func check(err error) {
	if err != nil {
		log.Fatal(err)
	}
}

func main() {
	if url := os.Getenv("PIXELVAULT_URL"); url != "" {
		base = url
	}
	picture, err := os.ReadFile(os.Args[1])
	check(err)

	// Register, once. The key is shown in this answer only.
	email := fmt.Sprintf("go-%d@example.com", time.Now().UnixNano())
	_, registered := register(email)
	key := registered.APIKey

	// Upload. A retry of this very call is safe: it gives the same image again.
	_, uploaded := upload(key, picture, "picture", "")
	response, err := http.Get(uploaded.URL)
	check(err)
	delivered, err := io.ReadAll(response.Body)
	check(err)
	if !bytes.Equal(delivered, picture) {
		log.Fatal("the picture came back changed")
	}
	fmt.Printf("uploaded %x\n", sha256.Sum256(picture))

	show(register(email))
	show(upload("wrong", picture[:64], "half.png", ""))
	show(upload(key, nil, "", "holiday"))
	show(upload(key, picture, "picture", "../etc"))
	show(call("GET", "/v1/images/img_00000000000000000000000000", key, "application/json", nil))
	show(upload(key, make([]byte, 6_000_000), "large.png", ""))
	show(upload(key, []byte("not a picture\n"), "notes.txt", ""))
	show(upload(key, picture[:64], "half.png", ""))
}
