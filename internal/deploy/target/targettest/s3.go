package targettest

import (
	"crypto/tls"
	"io"
	"log"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// S3 is a server that has a bucket.
type S3 struct {
	Address       string // of the server, without a scheme
	Region        string
	Bucket        string
	KeyID, Secret string
	Folder        string // the bucket, on this machine
	Certificate   Certificate
}

// S3Domain is the name whose subdomains are buckets, for who asks the server as a proxy.
const S3Domain = "s3.test"

const versity = "v1.8.0"

// versitygw is the program, built into the user's cache if it is not there yet.
func versitygw(t testing.TB) string {
	t.Helper()
	cache, err := os.UserCacheDir()
	if err != nil {
		cache = t.TempDir()
	}
	folder := filepath.Join(cache, "qinglian-test", "versitygw-"+versity)
	built := filepath.Join(folder, "versitygw")
	if _, err := os.Stat(built); err == nil {
		return built
	}
	if err := os.MkdirAll(folder, 0o755); err != nil {
		t.Fatal(err)
	}
	own, err := os.MkdirTemp(folder, "build") // tests of another package may build it, too
	if err != nil {
		t.Fatal(err)
	}
	defer os.Remove(own)
	install := exec.Command(program(t, "go", "Go"), "install", "github.com/versity/versitygw/cmd/versitygw@"+versity)
	install.Dir = os.TempDir() // out of this module
	install.Env = append(os.Environ(), "CGO_ENABLED=0", "GOFLAGS=", "GOBIN="+own)
	if out, err := install.CombinedOutput(); err != nil {
		missing(t, "versitygw could not be built, so nothing was carried to a bucket: "+string(out))
	}
	if err := os.Rename(filepath.Join(own, "versitygw"), built); err != nil {
		t.Fatal(err)
	}
	return built
}

// Versity starts a server that is as strict as OSS, COS and OBS are: it refuses bodies in
// signed pieces and checksums behind them. With TLS it has a certificate made for the test.
func Versity(t testing.TB, secure bool) S3 {
	t.Helper()
	program, root := versitygw(t), t.TempDir()
	s := S3{Region: "cn-test-1", Bucket: "site", KeyID: "ASESAMEKEY", Secret: "open/sesame+secret",
		Folder: filepath.Join(root, "site")}
	if err := os.Mkdir(s.Folder, 0o755); err != nil {
		t.Fatal(err)
	}
	behind := free(t)
	server := exec.Command(program, "--port", behind, "--access", s.KeyID, "--secret", s.Secret,
		"--region", s.Region, "--virtual-domain", S3Domain, "--keep-alive", "--quiet",
		"posix", "--sidecar", t.TempDir(), root)
	start(t, "tcp", behind, server)
	to := &url.URL{Scheme: "http", Host: behind}
	quiet := log.New(io.Discard, "", 0) // a line that is cut is what some tests are about
	pass := &httputil.ReverseProxy{ErrorLog: quiet, Transport: &http.Transport{DisableCompression: true}}
	pass.Rewrite = func(r *httputil.ProxyRequest) {
		r.SetURL(to)
		r.Out.Host = r.In.Host // which is signed
	}
	front := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if why := unknown(r); why != "" {
			http.Error(w, "<Error><Code>NotImplemented</Code><Message>"+why+"</Message></Error>",
				http.StatusNotImplemented)
			return
		}
		pass.ServeHTTP(w, r)
	}))
	front.Config.ErrorLog = quiet
	if secure {
		s.Certificate = NewCertificate(t, 24*time.Hour)
		pair, err := tls.LoadX509KeyPair(s.Certificate.File, s.Certificate.Key)
		if err != nil {
			t.Fatal(err)
		}
		front.TLS = &tls.Config{Certificates: []tls.Certificate{pair}}
		front.StartTLS()
	} else {
		front.Start()
	}
	t.Cleanup(front.Close)
	s.Address = front.Listener.Addr().String()
	return s
}

// unknown says what of a request is Amazon's alone.
func unknown(r *http.Request) string {
	switch {
	case strings.Contains(r.Header.Get("Content-Encoding"), "aws-chunked"),
		strings.HasPrefix(r.Header.Get("X-Amz-Content-Sha256"), "STREAMING-"):
		return "a body in signed pieces"
	case r.ContentLength < 0:
		return "a body of unknown length"
	}
	for field := range r.Header {
		sum := strings.HasPrefix(field, "X-Amz-Checksum-") || strings.HasPrefix(field, "X-Amz-Sdk-Checksum")
		if sum || field == "X-Amz-Trailer" {
			return field
		}
	}
	return ""
}
