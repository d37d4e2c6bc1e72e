package target

import (
	"crypto/sha256"
	"crypto/tls"
	"crypto/x509"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"strings"

	"qinglian/internal/diag"
)

// Trust says which certificates are a server's: those that an authority of the system
// vouches for, or of the file CA; or the one of Pin, and none else.
type Trust struct {
	CA  string // a file of certificates in PEM, of an organisation that vouches for its own servers
	Pin string // the SHA-256 of a certificate in hexadecimal, with or without colons
}

// UnknownCertificate is the answer for a server whose certificate nobody vouches for: it may
// be the server's own, or expired, or for another name, or somebody stands in between.
type UnknownCertificate struct {
	Fingerprint string // what Pin would be, if a person finds that it is the server's
	Reason      error
}

func (u *UnknownCertificate) Error() string {
	return fmt.Sprintf("the certificate of the server is not to be trusted (its SHA-256 is %s): %v", u.Fingerprint,
		u.Reason)
}

// Unwrap makes it a kind of [ErrRefused].
func (u *UnknownCertificate) Unwrap() error { return ErrRefused }

func fingerprint(c *x509.Certificate) string {
	sum := sha256.Sum256(c.Raw)
	return hex.EncodeToString(sum[:])
}

// config is how to speak TLS to a host.
func (t Trust) config(host string) (*tls.Config, error) {
	config := &tls.Config{ServerName: host, MinVersion: tls.VersionTLS12}
	if t.CA != "" {
		text, err := os.ReadFile(t.CA)
		if err != nil {
			return nil, err
		}
		if config.RootCAs, err = x509.SystemCertPool(); err != nil {
			config.RootCAs = x509.NewCertPool() // a machine without a list of its own
		}
		if !config.RootCAs.AppendCertsFromPEM(text) {
			return nil, errors.New(t.CA + " has no certificate in PEM")
		}
	}
	if pin := strings.ToLower(strings.ReplaceAll(t.Pin, ":", "")); pin != "" {
		config.InsecureSkipVerify = true // VerifyConnection does it
		config.VerifyConnection = func(s tls.ConnectionState) error {
			if is := fingerprint(s.PeerCertificates[0]); is != pin {
				return &UnknownCertificate{is,
					diag.Failure{Text: diag.Say("和 certificate 里写的不是同一个", "it is not the one that was agreed to")}}
			}
			return nil
		}
	}
	return config, nil
}

// untrusted returns an error about a certificate as what it is, and others as they are.
func untrusted(err error) error {
	var unknown *UnknownCertificate
	var unverified *tls.CertificateVerificationError
	switch {
	case errors.As(err, &unknown):
		return unknown
	case errors.As(err, &unverified):
		return &UnknownCertificate{fingerprint(unverified.UnverifiedCertificates[0]), unverified.Err}
	}
	return err
}
