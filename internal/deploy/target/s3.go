package target

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net"
	"net/http"
	"net/url"
	"path"
	"slices"
	"strings"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	v4 "github.com/aws/aws-sdk-go-v2/aws/signer/v4"

	"qinglian/internal/digest"
	"qinglian/internal/pattern"
)

// S3 says where a bucket is that is reached as one of Amazon's S3 is: OSS, COS, OBS, MinIO
// and others know that, too.
//
// A file is one request with its whole body and its digest, signed by version 4: neither
// in pieces that are signed one by one (aws-chunked) nor with checksums behind the body,
// which OSS, COS and OBS refuse. The bucket replaces in one step. There are no folders.
//
// Whether a file is there, Amazon says only to keys that may list the bucket (s3:ListBucket).
type S3 struct {
	Endpoint string // "https://s3.oss-cn-hangzhou.aliyuncs.com": the address of the service, without the bucket
	Region   string // "cn-hangzhou"; "us-east-1" if empty, which services without regions take
	Bucket   string
	Prefix   string // the folder in the bucket; "" its top
	// the bucket is the first part of the path, as MinIO has it and OSS does not, not of the host's name
	PathStyle bool
	KeyID     string
	Secret    string
	Token     string // only of keys that are good for some hours
	Trust
}

// s3Target is a bucket. Each request stands for itself.
type s3Target struct {
	at     S3
	base   url.URL
	client http.Client
	signer *v4.Signer
}

// OpenS3 asks for a file that nobody has, as that tells whether the key and the names are right.
func OpenS3(ctx context.Context, at S3) (Target, error) {
	s, err := newS3(at)
	if err != nil {
		return nil, hide(err, at.KeyID, at.Secret, at.Token)
	}
	answer, err := s.ask(ctx, http.MethodGet, ".qinglian-nobody", nil, Meta{})
	if err == nil {
		err = answer.Body.Close()
	}
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	return s, nil
}

func newS3(at S3) (*s3Target, error) {
	base, err := url.Parse(at.Endpoint)
	good := err == nil && (base.Scheme == "https" || base.Scheme == "http") && base.Host != ""
	if !good || base.User != nil || strings.Trim(base.Path, "/") != "" {
		return nil, refused(errors.New("the endpoint is not an address like https://HOST")) // it may have a key in it
	}
	if at.Region == "" {
		at.Region = "us-east-1"
	}
	at.PathStyle = at.PathStyle || net.ParseIP(base.Hostname()) != nil // a number has no names below it
	if !at.PathStyle {
		base.Host = at.Bucket + "." + base.Host
	}
	trusted, err := at.config(base.Hostname())
	if err != nil {
		return nil, err
	}
	signer := v4.NewSigner(func(o *v4.SignerOptions) { o.DisableURIPathEscaping = true })
	return &s3Target{at, url.URL{Scheme: base.Scheme, Host: base.Host}, http.Client{
		Transport: &http.Transport{
			Proxy:               http.ProxyFromEnvironment,
			DialContext:         dialPatient,
			TLSClientConfig:     trusted,
			ForceAttemptHTTP2:   true,
			DisableCompression:  true, // what is kept compressed comes back as it is
			MaxIdleConnsPerHost: s3Streams,
			IdleConnTimeout:     patience,
		},
		// What was signed for one host is of no use to another.
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}, signer}, nil
}

func dialPatient(ctx context.Context, network, address string) (net.Conn, error) {
	var dialer net.Dialer
	conn, err := dialer.DialContext(ctx, network, address)
	if err != nil {
		return nil, err
	}
	return patient{conn, patience}, nil
}

// ask sends a request; an answer that is not a good one is an error.
func (s *s3Target) ask(ctx context.Context, method, name string, body []byte, meta Meta) (*http.Response, error) {
	if err := check(name); err != nil {
		return nil, err
	}
	request, err := http.NewRequestWithContext(ctx, method, s.base.String(), bytes.NewReader(body))
	if err != nil {
		return nil, err
	}
	at := path.Join("/", s.at.Prefix, name)
	if s.at.PathStyle {
		at = "/" + s.at.Bucket + at
	}
	request.URL.Path, request.URL.RawPath = at, escape(at)
	fields := map[string]string{"Content-Type": meta.Type, "Cache-Control": meta.Cache,
		"Content-Encoding": meta.Encoding}
	for field, value := range fields {
		if value != "" {
			request.Header.Set(field, value)
		}
	}
	sum := sha256.Sum256(body)
	digest := hex.EncodeToString(sum[:])
	request.Header.Set("X-Amz-Content-Sha256", digest)
	key := aws.Credentials{AccessKeyID: s.at.KeyID, SecretAccessKey: s.at.Secret, SessionToken: s.at.Token}
	if err := s.signer.SignHTTP(ctx, key, request, digest, "s3", s.at.Region, time.Now()); err != nil {
		return nil, s.hide(err)
	}
	answer, err := s.client.Do(request)
	var about *url.Error
	if errors.As(err, &about) {
		err = about.Err
	}
	if err == nil && answer.StatusCode >= 300 {
		err = errors.Join(refusal(answer), answer.Body.Close())
	}
	if err != nil {
		return nil, s.hide(untrusted(err))
	}
	return answer, nil
}

func (s *s3Target) hide(err error) error { return hide(err, s.at.Secret, s.at.Token, s.at.KeyID) }

// escape writes a path as it is signed: of what may stand in a path as it is, servers agree
// on letters, digits and four marks.
func escape(at string) string {
	var out strings.Builder
	for _, c := range []byte(at) {
		if 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9' || strings.IndexByte("/-_.~", c) >= 0 {
			out.WriteByte(c)
		} else {
			fmt.Fprintf(&out, "%%%02X", c)
		}
	}
	return out.String()
}

// refusal says what an answer means that is not a good one.
func refusal(answer *http.Response) error {
	var said struct{ Code, Message, Region string }
	text, err := io.ReadAll(io.LimitReader(answer.Body, 1<<16))
	if err != nil {
		return err
	}
	if xml.Unmarshal(text, &said) != nil { // from a proxy, or to a HEAD
		said.Code, said.Message = "", ""
	}
	if answer.StatusCode == http.StatusNotFound && (said.Code == "" || said.Code == "NoSuchKey") {
		return fs.ErrNotExist
	}
	err = coded{said.Code, errors.New(strings.TrimSpace("the server answers " + answer.Status + " " + said.Code + " " +
		said.Message))}
	if said.Region == "" {
		said.Region = answer.Header.Get("X-Amz-Bucket-Region")
	}
	if said.Region != "" {
		err = fmt.Errorf("%w (the bucket's region is %s)", err, said.Region)
	}
	if answer.StatusCode == http.StatusUnauthorized || said.Code == "InvalidAccessKeyId" ||
		said.Code == "SignatureDoesNotMatch" {
		return fmt.Errorf("%w: %w", ErrLogin, err)
	}
	switch answer.StatusCode {
	case http.StatusForbidden, http.StatusNotFound, http.StatusMethodNotAllowed, http.StatusNotImplemented:
		return refused(err)
	}
	if answer.StatusCode < 400 || said.Code == "AuthorizationHeaderMalformed" { // another region
		return refused(err)
	}
	return err
}

// plain is an ETag that may be the MD5 of a file: not of one that came in pieces.
var plain = pattern.Of(`^"?([0-9A-Fa-f]{32})"?$`)

func (s *s3Target) Stat(ctx context.Context, name string) (Stat, error) {
	answer, err := s.ask(ctx, http.MethodHead, name, nil, Meta{})
	if err != nil {
		return Stat{}, err
	}
	found := Stat{Size: answer.ContentLength}
	if found.Modified, err = http.ParseTime(answer.Header.Get("Last-Modified")); err != nil {
		found.Modified = time.Time{} // it does not say
	}
	if tag := plain().FindStringSubmatch(answer.Header.Get("ETag")); tag != nil && !encrypted(answer.Header) {
		found.MD5 = strings.ToLower(tag[1])
	}
	return found, answer.Body.Close()
}

// encrypted reports whether a file lies there under a key of the bucket's owner, as then its
// ETag is of something else.
func encrypted(header http.Header) bool {
	for field, values := range header {
		if strings.Contains(field, "Server-Side-Encryption") && !slices.Equal(values, []string{"AES256"}) {
			return true
		}
	}
	return false
}

func (s *s3Target) Read(ctx context.Context, name string) (io.ReadCloser, error) {
	answer, err := s.ask(ctx, http.MethodGet, name, nil, Meta{})
	if err != nil {
		return nil, err
	}
	return answer.Body, nil
}

func (s *s3Target) Write(ctx context.Context, name string, body []byte, meta Meta) error {
	answer, err := s.ask(ctx, http.MethodPut, name, body, meta)
	if err != nil {
		return err
	}
	return answer.Body.Close()
}

func (s *s3Target) Delete(ctx context.Context, name string) error {
	answer, err := s.ask(ctx, http.MethodDelete, name, nil, Meta{})
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	return answer.Body.Close()
}

// Sweep: a bucket has nothing of a file until it has it whole.
func (s *s3Target) Sweep(context.Context, string, digest.Digest) error { return nil }

// s3Streams is how many requests run at once: most of each is the way there and back.
const s3Streams = 8

func (s *s3Target) Streams() int { return s3Streams }

func (s *s3Target) Encodes() bool { return true }

func (s *s3Target) Close() error {
	s.client.CloseIdleConnections()
	return nil
}
