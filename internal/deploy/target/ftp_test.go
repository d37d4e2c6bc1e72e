package target

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/sync/errgroup"

	"qinglian/internal/deploy/target/targettest"
)

// TestFTPLogin: who is not let in is told so, and nobody tells a password to a server whose
// certificate is not good, or that has none.
func TestFTPLogin(t *testing.T) {
	good, expired := targettest.ProFTPD(t, targettest.FTPOptions{}), targettest.ProFTPD(t, targettest.FTPOptions{Expired: true})
	plain := targettest.ProFTPD(t, targettest.FTPOptions{Plain: true})
	one, other := "its SHA-256 is "+good.Certificate.SHA256, "its SHA-256 is "+expired.Certificate.SHA256
	colons := strings.ToUpper(good.Certificate.SHA256[:2]) + ":" + good.Certificate.SHA256[2:]
	tests := map[string]struct {
		server targettest.FTP
		at     FTP
		want   string // of the error; "" none
	}{
		"an authority":       {good, FTP{Trust: Trust{CA: good.Certificate.CA}}, ""},
		"a pin":              {good, FTP{Trust: Trust{Pin: colons}}, ""},
		"expired, but a pin": {expired, FTP{Trust: Trust{Pin: expired.Certificate.SHA256}}, "expired certificate"},
		"plain":              {plain, FTP{Plain: true}, ""},
		"expired":            {expired, FTP{Trust: Trust{CA: expired.Certificate.CA}}, other},
		"nobody vouches":     {good, FTP{}, one},
		"another pin":        {good, FTP{Trust: Trust{CA: good.Certificate.CA, Pin: expired.Certificate.SHA256}}, one},
		"no TLS":             {plain, FTP{}, "does not speak TLS"},
		"TLS wanted":         {good, FTP{Plain: true}, "required"},
		"wrong password":     {good, FTP{Password: "swordfish", Trust: Trust{CA: good.Certificate.CA}}, "530"},
	}
	for name, test := range tests {
		test.at.Host, test.at.User = test.server.Address, test.server.User
		if test.at.Password == "" {
			test.at.Password = test.server.Password
		}
		to, err := OpenFTP(t.Context(), test.at)
		if err == nil {
			err = errors.Join(to.Write(t.Context(), "a.html", nil, Meta{}), to.Close())
		}
		if test.want != "" {
			text := fmt.Sprint(err)
			if !errors.Is(err, ErrRefused) || !strings.Contains(text, test.want) || strings.Contains(text, test.at.Password) {
				t.Errorf("%s: %v", name, err)
			}
		} else if err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestFTPClients: a server that takes fewer connections than it is asked for gets by with fewer.
func TestFTPClients(t *testing.T) {
	p := ftpPlace(t, targettest.FTPOptions{Clients: "2"})
	to := p.connect(t)
	want := map[string]string{}
	var each errgroup.Group
	for i := range 20 {
		name := fmt.Sprintf("%d.html", i)
		want[name] = name
		each.Go(func() error { return to.Write(t.Context(), name, []byte(name), Meta{}) })
	}
	if err := each.Wait(); err != nil {
		t.Error(err)
	}
	p.has(t, want)
}

// TestFTPSessions: a server that wants sessions continued in a way that we do not know is
// told from one that has no room.
func TestFTPSessions(t *testing.T) {
	to := ftpPlace(t, targettest.FTPOptions{Old: true, NoTickets: true}).connect(t)
	err := to.Write(t.Context(), "a.html", []byte("x"), Meta{})
	if !errors.Is(err, ErrRefused) || !strings.Contains(err.Error(), "TLS 1.2 without tickets") {
		t.Errorf("the answer is %v", err)
	}
}

// TestFTPLinks: no folder leads out of the place.
func TestFTPLinks(t *testing.T) {
	p := ftpPlace(t, targettest.FTPOptions{})
	outside := filepath.Join(p.folder, "../../outside")
	secret := filepath.Join(outside, "x.html")
	err := errors.Join(os.Mkdir(outside, 0o700), os.MkdirAll(filepath.Join(p.folder, "a"), 0o700), os.WriteFile(secret, []byte("outside"), 0o600))
	for name, to := range map[string]string{"out": "../../outside", "in": "a", "file.html": "../../outside/x.html"} {
		err = errors.Join(err, os.Symlink(to, filepath.Join(p.folder, name)))
	}
	if err != nil {
		t.Fatal(err)
	}
	to := p.connect(t)
	for _, name := range []string{"out/x.html", "out/new/x.html"} {
		if _, err := to.Stat(t.Context(), name); !errors.Is(err, ErrRefused) {
			t.Errorf("%s is looked at: %v", name, err)
		}
		if err := to.Write(t.Context(), name, []byte("x"), Meta{}); !errors.Is(err, ErrRefused) {
			t.Errorf("%s is written: %v", name, err)
		}
		if err := to.Delete(t.Context(), name); !errors.Is(err, ErrRefused) {
			t.Errorf("%s is deleted: %v", name, err)
		}
	}
	for _, name := range []string{"in/x.html", "file.html"} {
		if err := to.Write(t.Context(), name, []byte("ours"), Meta{}); err != nil || read(t, to, name) != "ours" {
			t.Errorf("%s is not replaced: %v", name, err)
		}
	}
	if body, err := os.ReadFile(secret); err != nil || string(body) != "outside" {
		t.Errorf("outside is %q (%v)", body, err)
	}
}

func TestFTPFull(t *testing.T) { tryFull(t, ftpPlace(t, targettest.FTPOptions{Quota: 64})) }
