package target

import (
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/crypto/ssh"
	"golang.org/x/crypto/ssh/knownhosts"

	"qinglian/internal/deploy/target/targettest"
)

// TestUnknownHost: a server that nobody agreed to is shown, not used; once agreed to, it
// is known, and no other key will do.
func TestUnknownHost(t *testing.T) {
	const secret = "swordfish"
	server := targettest.SSHPassword(t, secret, false)
	own := filepath.Join(t.TempDir(), "new", "known_hosts")
	at := SFTP{Host: server.Address, User: server.User, Folder: server.Folder, Password: secret}
	at.KnownHosts = []string{filepath.Join(t.TempDir(), "none"), own}
	_, err := OpenSFTP(t.Context(), at)
	var unknown *UnknownHost
	is := ssh.FingerprintSHA256(server.HostKey.PublicKey())
	if !errors.As(err, &unknown) || !errors.Is(err, ErrRefused) || unknown.Fingerprint != is {
		t.Fatalf("the answer is %v", err)
	}
	if err := unknown.Agree(own); err != nil {
		t.Fatal(err)
	}
	to, err := OpenSFTP(t.Context(), at)
	if err != nil {
		t.Fatal(err)
	}
	if err := to.Close(); err != nil {
		t.Fatal(err)
	}

	was, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	otherKind, err := ssh.NewPublicKey(&was.PublicKey)
	if err != nil {
		t.Fatal(err)
	}
	for _, known := range []ssh.PublicKey{targettest.NewKey(t, filepath.Join(t.TempDir(), "key"), "").PublicKey(), otherKind} {
		file := filepath.Join(t.TempDir(), "known_hosts")
		if err := os.WriteFile(file, []byte("# ours\n"+knownhosts.Line([]string{server.Address}, known)+"\n"), 0o600); err != nil {
			t.Fatal(err)
		}
		at.KnownHosts = []string{file}
		_, err := OpenSFTP(t.Context(), at)
		var changed *ChangedHost
		if !errors.As(err, &changed) || !errors.Is(err, ErrRefused) {
			t.Fatalf("the answer is %v", err)
		}
		for _, part := range []string{ssh.FingerprintSHA256(known), file + ":2", unknown.Fingerprint} {
			if !strings.Contains(err.Error(), part) {
				t.Errorf("%v lacks %s", err, part)
			}
		}
	}
}

// TestSSHLogin: a user is let in by what the server asks for, and refused without a second try.
func TestSSHLogin(t *testing.T) {
	const secret = "sword fish 鱼"
	locked := filepath.Join(t.TempDir(), "key")
	targettest.NewKey(t, locked, secret)
	keys := targettest.SSHD(t, targettest.Options{Also: locked})
	plain, asked := targettest.SSHPassword(t, secret, false), targettest.SSHPassword(t, secret, true)
	broken := filepath.Join(t.TempDir(), "broken")
	if err := os.WriteFile(broken, []byte("no key"), 0o600); err != nil {
		t.Fatal(err)
	}
	tests := map[string]struct {
		server targettest.SSH
		at     SFTP
		want   error
	}{
		"key":              {keys, SFTP{KeyFile: keys.KeyFile}, nil},
		"locked key":       {keys, SFTP{KeyFile: locked, Passphrase: secret}, nil},
		"no passphrase":    {keys, SFTP{KeyFile: locked}, ErrPassphrase},
		"wrong passphrase": {keys, SFTP{KeyFile: locked, Passphrase: secret + "x"}, ErrPassphrase},
		"no key":           {keys, SFTP{KeyFile: locked + "x"}, fs.ErrNotExist},
		"agent":            {keys, SFTP{Agent: targettest.Agent(t, keys.KeyFile)}, nil},
		"agent is gone":    {plain, SFTP{Agent: locked + "x", Password: secret}, nil},
		"only an agent":    {keys, SFTP{Agent: locked + "x"}, fs.ErrNotExist},
		"nothing":          {keys, SFTP{}, ErrRefused},
		"password":         {plain, SFTP{Password: secret}, nil},
		"asked":            {asked, SFTP{Password: secret}, nil},
		"wrong":            {plain, SFTP{Password: secret + "x"}, ErrRefused},
		"wrong, asked":     {asked, SFTP{Password: secret + "x"}, ErrRefused},
		"wrong, system's":  {keys, SFTP{Password: secret}, ErrRefused},
	}
	for name, test := range tests {
		test.at.Host, test.at.User, test.at.Folder = test.server.Address, test.server.User, "site"
		test.at.KnownHosts = []string{test.server.KnownHosts}
		to, err := OpenSFTP(t.Context(), test.at)
		if !errors.Is(err, test.want) {
			t.Errorf("%s: %v", name, err)
		}
		if err != nil {
			if strings.Contains(err.Error(), secret) {
				t.Errorf("%s: the secret is told: %v", name, err)
			}
			continue
		}
		if err := errors.Join(to.Write(t.Context(), "a.html", []byte("x"), Meta{}), to.Close()); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	at := SFTP{Host: keys.Address, User: keys.User, KeyFile: broken, KnownHosts: []string{keys.KnownHosts}}
	if _, err := OpenSFTP(t.Context(), at); err == nil || !strings.Contains(err.Error(), broken) {
		t.Errorf("a broken key is told as %v", err)
	}
}

// TestSSHLinks: no link leads out of the place, and one that leads out is not followed even
// where it is replaced or deleted.
func TestSSHLinks(t *testing.T) {
	server := targettest.SSHD(t, targettest.Options{})
	outside := filepath.Join(server.Base, "outside")
	secret := filepath.Join(outside, "secret.html")
	if err := os.Mkdir(outside, 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(secret, []byte("outside"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Mkdir(filepath.Join(server.Folder, "a"), 0o700); err != nil {
		t.Fatal(err)
	}
	place := filepath.Join(server.Base, "place") // a link to the place itself is how many servers are set up
	for name, to := range map[string]string{
		place:                                     server.There(server.Folder),
		filepath.Join(server.Folder, "out"):       server.There(outside),
		filepath.Join(server.Folder, "in"):        "a",
		filepath.Join(server.Folder, "file.html"): server.There(secret),
		filepath.Join(server.Folder, "loop"):      "loop",
	} {
		if err := os.Symlink(to, name); err != nil {
			t.Fatal(err)
		}
	}
	at := SFTP{Host: server.Address, User: server.User, Folder: server.There(place), KeyFile: server.KeyFile, KnownHosts: []string{server.KnownHosts}}
	to, err := OpenSFTP(t.Context(), at)
	if err != nil {
		t.Fatal(err)
	}
	defer to.Close()
	ctx := context.Background()
	for _, name := range []string{"out/secret.html", "out/new/x.html", "file.html"} {
		if _, err := to.Stat(ctx, name); !errors.Is(err, ErrRefused) {
			t.Errorf("%s is looked at: %v", name, err)
		}
		if _, err := to.Read(ctx, name); !errors.Is(err, ErrRefused) {
			t.Errorf("%s is read: %v", name, err)
		}
	}
	for _, name := range []string{"out/secret.html", "out/new/x.html"} {
		if err := to.Write(ctx, name, []byte("x"), Meta{}); !errors.Is(err, ErrRefused) {
			t.Errorf("%s is written: %v", name, err)
		}
		if err := to.Delete(ctx, name); !errors.Is(err, ErrRefused) {
			t.Errorf("%s is deleted: %v", name, err)
		}
	}
	if err := to.Write(ctx, "loop/x.html", nil, Meta{}); err == nil {
		t.Error("a link to itself is a folder")
	}
	if err := to.Write(ctx, "in/x.html", []byte("x"), Meta{}); err != nil || read(t, to, "in/x.html") != "x" {
		t.Errorf("a link that stays inside is not followed: %v", err)
	}
	if err := to.Write(ctx, "file.html", []byte("ours"), Meta{}); err != nil || read(t, to, "file.html") != "ours" {
		t.Errorf("a link in a file's place is not replaced: %v", err)
	}
	if body, err := os.ReadFile(secret); err != nil || string(body) != "outside" {
		t.Errorf("outside is %q (%v)", body, err)
	}
	if left, err := os.ReadDir(outside); err != nil || len(left) != 1 {
		t.Errorf("outside are %v (%v)", left, err)
	}
}

// TestSSHFull: where there is no room for the new file, the old one stays, and nothing beside it.
func TestSSHFull(t *testing.T) {
	p := sftpPlace(t, targettest.Options{Quota: 64})
	tryFull(t, p)
}

func tryFull(t *testing.T, p place) {
	to := p.connect(t)
	if err := to.Write(t.Context(), "a.html", []byte("old"), Meta{}); err != nil {
		t.Fatal(err)
	}
	err := to.Write(t.Context(), "a.html", make([]byte, 200<<10), Meta{})
	if err == nil || errors.Is(err, ErrRefused) {
		t.Fatalf("what has no room is answered with %v", err)
	}
	p.has(t, map[string]string{"a.html": "old"})
	if err := to.Write(t.Context(), "a.html", []byte("new"), Meta{}); err != nil {
		t.Errorf("what has room is not written after what had none: %v", err)
	}
}
