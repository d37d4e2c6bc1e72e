package target

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"qinglian/internal/deploy/target/targettest"
)

func s3Place(t *testing.T, secure bool) place {
	server := targettest.Versity(t, secure)
	open := func(ctx context.Context, address string) (Target, error) { return OpenS3(ctx, s3At(server, address)) }
	return place{open, server.Address, server.Folder + "/文 档", true}
}

func s3At(server targettest.S3, address string) S3 {
	at := S3{Endpoint: "http://" + address, Region: server.Region, Bucket: server.Bucket, Prefix: "文 档", PathStyle: true,
		KeyID: server.KeyID, Secret: server.Secret}
	if server.Certificate.CA != "" {
		at.Endpoint, at.CA = "https://"+address, server.Certificate.CA
	}
	return at
}

// TestS3Meta: a file is served as what it is; a compressed one is kept and said to be.
func TestS3Meta(t *testing.T) {
	server := targettest.Versity(t, false)
	to, err := newS3(s3At(server, server.Address))
	if err != nil {
		t.Fatal(err)
	}
	var packed bytes.Buffer
	z := gzip.NewWriter(&packed)
	if _, err := z.Write(bytes.Repeat([]byte("青莲"), 1000)); err != nil || z.Close() != nil {
		t.Fatal(err)
	}
	meta := Meta{Type: "text/html; charset=utf-8", Cache: "public, max-age=300", Encoding: "gzip"}
	if err := to.Write(t.Context(), "a.html", packed.Bytes(), meta); err != nil {
		t.Fatal(err)
	}
	answer, err := to.ask(t.Context(), http.MethodGet, "a.html", nil, Meta{})
	if err != nil {
		t.Fatal(err)
	}
	body, err := io.ReadAll(answer.Body)
	if err != nil || !bytes.Equal(body, packed.Bytes()) {
		t.Errorf("%d bytes of %d come back: %v", len(body), packed.Len(), err)
	}
	header := answer.Header
	if got := (Meta{header.Get("Content-Type"), header.Get("Cache-Control"), header.Get("Content-Encoding")}); got != meta {
		t.Errorf("it is served as %+v", got)
	}
	if s, err := to.Stat(t.Context(), "a.html"); err != nil || s.Size != int64(packed.Len()) || s.MD5 == "" {
		t.Errorf("%+v, %v", s, err)
	}
	if !to.Encodes() {
		t.Error("it does not say that it keeps that")
	}
	// The server of the test refuses what OSS, COS and OBS do.
	put := "http://" + server.Address + "/site/x"
	request, err := http.NewRequestWithContext(t.Context(), http.MethodPut, put, strings.NewReader("x"))
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Content-Encoding", "aws-chunked")
	if answer, err = http.DefaultClient.Do(request); err != nil || answer.StatusCode != http.StatusNotImplemented {
		t.Errorf("aws-chunked is answered with %v, %v", answer, err)
	}
}

// TestS3Host: the bucket may be a part of the host's name.
func TestS3Host(t *testing.T) {
	server := targettest.Versity(t, false)
	at := s3At(server, server.Address)
	at.PathStyle, at.Endpoint = false, "http://"+targettest.S3Domain
	to, err := newS3(at)
	if err != nil {
		t.Fatal(err)
	}
	// Only the server knows that name, so it is asked as a proxy.
	to.client.Transport.(*http.Transport).Proxy = http.ProxyURL(&url.URL{Scheme: "http", Host: server.Address})
	if err := to.Write(t.Context(), "文章/一 二.html", []byte("x"), Meta{}); err != nil || read(t, to, "文章/一 二.html") != "x" {
		t.Error(err)
	}
	place{folder: server.Folder}.has(t, map[string]string{"文 档/文章/一 二.html": "x"})
}

// TestS3Refused: what is wrong is told as what it is, without keys.
func TestS3Refused(t *testing.T) {
	server, secure := targettest.Versity(t, false), targettest.Versity(t, true)
	tests := map[string]struct {
		change func(at *S3)
		want   string
	}{
		"secret":          {func(at *S3) { at.Secret = "swordfish" }, "SignatureDoesNotMatch"},
		"key":             {func(at *S3) { at.KeyID = "swordfish" }, "access key"},
		"bucket":          {func(at *S3) { at.Bucket = "none" }, "NoSuchBucket"},
		"region":          {func(at *S3) { at.Region = "cn-none" }, server.Region},
		"endpoint":        {func(at *S3) { at.Endpoint = server.Address }, "https://HOST"},
		"key in endpoint": {func(at *S3) { at.Endpoint = "http://swordfish:" + at.Secret + "@" + server.Address }, "https://HOST"},
		"certificate":     {func(at *S3) { *at = s3At(secure, secure.Address); at.CA = "" }, secure.Certificate.SHA256},
		"pin":             {func(at *S3) { *at = s3At(secure, secure.Address); at.Pin = strings.Repeat("0", 64) }, secure.Certificate.SHA256},
	}
	for name, test := range tests {
		at := s3At(server, server.Address)
		test.change(&at)
		_, err := OpenS3(t.Context(), at)
		text := fmt.Sprintf("%v %+v %#v", err, err, err)
		if err == nil || !strings.Contains(text, test.want) {
			t.Errorf("%s: %v", name, err)
		}
		for _, secret := range []string{at.Secret, at.KeyID, "swordfish"} {
			if strings.Contains(text, secret) {
				t.Errorf("%s: %s is told: %v", name, secret, err)
			}
		}
		if !errors.Is(err, ErrRefused) {
			t.Errorf("%s may be tried again: %v", name, err)
		}
	}
}

// TestS3Answers: what a service says is told from what the line does, and a file that is not
// there from all else.
func TestS3Answers(t *testing.T) {
	answers := map[string]struct {
		status      int
		body        string
		none, final bool
	}{
		"none":       {404, "<Error><Code>NoSuchKey</Code></Error>", true, false},
		"none, bare": {404, "", true, false},
		"bucket":     {404, "<Error><Code>NoSuchBucket</Code></Error>", false, true},
		"moved":      {301, "<Error><Code>PermanentRedirect</Code><Region>r</Region></Error>", false, true},
		"slow":       {503, "<Error><Code>SlowDown</Code></Error>", false, false},
		"broken":     {500, "<html>", false, false},
		"late":       {400, "<Error><Code>RequestTimeout</Code></Error>", false, false},
	}
	for name, a := range answers {
		answer := &http.Response{StatusCode: a.status, Status: fmt.Sprint(a.status), Body: io.NopCloser(strings.NewReader(a.body))}
		err := refusal(answer)
		if errors.Is(err, fs.ErrNotExist) != a.none || errors.Is(err, ErrRefused) != a.final {
			t.Errorf("%s: %v", name, err)
		}
	}
	for header, want := range map[string]bool{"": false, "AES256": false, "aws:kms": true, "KMS": true} {
		if got := encrypted(http.Header{"X-Oss-Server-Side-Encryption": {header}}); header != "" && got != want {
			t.Errorf("%q: %v", header, got)
		}
	}
}
