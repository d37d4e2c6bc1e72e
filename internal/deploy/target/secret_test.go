package target

import (
	"errors"
	"fmt"
	"net"
	"strings"
	"testing"
)

// TestNoSecret: whatever a server answers to a login, no error repeats what it was told.
func TestNoSecret(t *testing.T) {
	const secret = "sword\tfish\r\n"
	said := errors.New("530 no " + secret + "!")
	for _, err := range []error{said, fmt.Errorf("%w: %s", ErrRefused, secret), refused(said)} {
		got := hide(err, "", "other", secret)
		if strings.Contains(fmt.Sprintf("%v %+v %#v", got, got, got), "fish") || errors.Is(got, ErrRefused) != errors.Is(err, ErrRefused) {
			t.Errorf("%q becomes %q", err, got)
		}
	}
	if err := hide(ErrPassphrase, secret); err != ErrPassphrase {
		t.Errorf("an error without a secret becomes %q", err)
	}
	open := map[string]func(host string) error{
		"sftp": func(host string) error {
			_, err := OpenSFTP(t.Context(), SFTP{Host: host, User: "editor", Password: secret, Passphrase: secret})
			return err
		},
		"ftp": func(host string) error {
			_, err := OpenFTP(t.Context(), FTP{Host: host, Plain: true, User: "editor", Password: secret})
			return err
		},
		"ftp, shorter": func(host string) error {
			_, err := OpenFTP(t.Context(), FTP{Host: host, Plain: true, User: "editor", Password: "fish"})
			return err
		},
		"s3": func(host string) error {
			at := S3{Endpoint: "http://" + host, Bucket: "b", PathStyle: true, KeyID: "fish", Secret: secret, Token: "fish"}
			_, err := OpenS3(t.Context(), at)
			return err
		},
		"ftps": func(host string) error {
			_, err := OpenFTP(t.Context(), FTP{Host: host, User: "editor", Password: "fish"})
			return err
		},
	}
	// Each is answered with what it sent, and by nobody.
	echo := listen(t, func(c net.Conn) {
		fmt.Fprint(c, "220 hello\r\n")
		buf := make([]byte, 1024)
		for {
			n, err := c.Read(buf)
			switch {
			case err != nil:
				return
			case strings.HasPrefix(string(buf[:n]), "USER "):
				fmt.Fprint(c, "331 a password, please\r\n")
			default:
				fmt.Fprintf(c, "530 you said %q\r\n", buf[:n])
				return
			}
		}
	})
	for name, open := range open {
		for _, host := range []string{echo, "127.0.0.1:1", "no such host " + "\x00"} {
			if err := open(host); err == nil || strings.Contains(fmt.Sprintf("%v %+v %#v", err, err, err), "fish") {
				t.Errorf("%s at %s: %v", name, host, err)
			}
		}
	}
}

// listen runs a server of one's own on loopback.
func listen(t *testing.T, serve func(c net.Conn)) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	go func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			go func() { serve(c); c.Close() }()
		}
	}()
	return l.Addr().String()
}
