package targettest

import (
	"crypto/ed25519"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/jlaffaye/ftp"
	"github.com/pkg/sftp"
	"golang.org/x/crypto/ssh"
)

// TestBounds: whatever is asked of a server, what is outside of its folder stays as it is.
// Where somebody else than root runs it, ProFTPD may be led out by links.
func TestBounds(t *testing.T) {
	outside := t.TempDir()
	precious := filepath.Join(outside, "precious")
	write(t, precious, "theirs")
	for name, start := range map[string]func(*testing.T) (base string, put, remove func(name string) error){
		"ftp": byFTP, "sftp": bySFTP,
	} {
		t.Run(name, func(t *testing.T) {
			base, put, remove := start(t)
			if os.Getuid() == 0 {
				if err := os.Symlink(outside, filepath.Join(base, "out")); err != nil {
					t.Fatal(err)
				}
			}
			up := strings.Repeat("../", 20) + strings.TrimPrefix(outside, "/")
			for _, folder := range []string{outside, up, "out", "/out", "../out"} {
				for _, file := range []string{"precious", "new"} {
					if put(folder+"/"+file) == nil || remove(folder+"/"+file) == nil {
						t.Errorf("%s/%s was touched", folder, file)
					}
				}
			}
			if put("within") != nil || remove("within") != nil {
				t.Error("nothing can be written at all")
			}
		})
	}
	left, err := os.ReadDir(outside)
	if body, wrong := os.ReadFile(precious); err != nil || wrong != nil || len(left) != 1 || string(body) != "theirs" {
		t.Errorf("outside are %v, %q (%v, %v)", left, body, err, wrong)
	}
}

func byFTP(t *testing.T) (base string, put, remove func(name string) error) {
	s := ProFTPD(t, FTPOptions{Plain: true})
	conn, err := ftp.Dial(s.Address)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { conn.Quit() })
	if err := conn.Login(s.User, s.Password); err != nil {
		t.Fatal(err)
	}
	return s.Base, func(name string) error { return conn.Stor(name, strings.NewReader("ours")) }, conn.Delete
}

func bySFTP(t *testing.T) (base string, put, remove func(name string) error) {
	if os.Getuid() != 0 {
		t.Skip("only root can lock OpenSSH's server in")
	}
	s := SSHD(t, Options{})
	text, err := os.ReadFile(s.KeyFile)
	if err != nil {
		t.Fatal(err)
	}
	key, err := ssh.ParseRawPrivateKey(text)
	if err != nil {
		t.Fatal(err)
	}
	signer, err := ssh.NewSignerFromKey(key.(*ed25519.PrivateKey))
	if err != nil {
		t.Fatal(err)
	}
	conn, err := ssh.Dial("tcp", s.Address, &ssh.ClientConfig{User: s.User, Auth: []ssh.AuthMethod{ssh.PublicKeys(signer)},
		HostKeyCallback: ssh.FixedHostKey(s.HostKey.PublicKey())})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { conn.Close() })
	client, err := sftp.NewClient(conn)
	if err != nil {
		t.Fatal(err)
	}
	put = func(name string) error {
		file, err := client.Create(name)
		if err != nil {
			return err
		}
		return file.Close()
	}
	return s.Base, put, client.Remove
}
