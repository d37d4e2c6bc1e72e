package targettest

import (
	"crypto/ed25519"
	"crypto/rand"
	"encoding/pem"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/pkg/sftp"
	"golang.org/x/crypto/ssh"

	"qinglian/internal/rooted"
)

// SSH is a server that has a folder by SFTP.
type SSH struct {
	Address    string
	User       string
	Base       string // on this machine; nothing outside is touched by who asks the server
	Folder     string // in it, where a site can be put
	KeyFile    string // lets the user in
	KnownHosts string // names the server
	HostKey    ssh.Signer
}

// Options of OpenSSH's servers.
type Options struct {
	NoReplace bool   // a rename is refused where something is already
	Quota     int    // kilobytes that a file can have; 0: as many as there are
	Also      string // the file of another key that lets the user in, with its public half in FILE.pub
}

// NewKey is a key in a file, locked with a passphrase unless that is empty; its public half
// is in FILE.pub.
func NewKey(t testing.TB, file, passphrase string) ssh.Signer {
	t.Helper()
	_, key, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	block, err := ssh.MarshalPrivateKey(key, "")
	if passphrase != "" {
		block, err = ssh.MarshalPrivateKeyWithPassphrase(key, "", []byte(passphrase))
	}
	if err != nil {
		t.Fatal(err)
	}
	write(t, file, string(pem.EncodeToMemory(block)))
	signer, err := ssh.NewSignerFromKey(key)
	if err != nil {
		t.Fatal(err)
	}
	write(t, file+".pub", string(ssh.MarshalAuthorizedKey(signer.PublicKey())))
	return signer
}

// There is what the server calls a file of this machine that is below Base.
func (s SSH) There(name string) string {
	if os.Getuid() != 0 {
		return name
	}
	return strings.TrimPrefix(name, s.Base)
}

// base is a folder to lock a server into, which only root can do, and OpenSSH's only into
// one that nobody but root could change from above.
func base(t testing.TB) string {
	t.Helper()
	if os.Getuid() != 0 {
		return t.TempDir()
	}
	const above = "/run/sshd" // which it wants to be there in any case; the system makes it when it boots
	if err := os.MkdirAll(above, 0o755); err != nil {
		t.Fatal(err)
	}
	folder, err := os.MkdirTemp(above, "qinglian-test-")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { rooted.RemoveFolder(folder) })
	if err := os.Chmod(folder, 0o755); err != nil {
		t.Fatal(err)
	}
	return folder
}

// SSHD starts OpenSSH's server, which lets in the user who runs the test, by a key. Run by
// root, it knows nothing but Base; by anybody else, it can do what that user can.
func SSHD(t testing.TB, o Options) SSH {
	t.Helper()
	sshd, own := program(t, "sshd", "openssh-server"), t.TempDir()
	s := SSH{Address: free(t), User: me(t).Username, Base: base(t), KeyFile: filepath.Join(own, "key")}
	s.Folder = filepath.Join(s.Base, "site")
	if err := os.Mkdir(s.Folder, 0o755); err != nil {
		t.Fatal(err)
	}
	s.HostKey = NewKey(t, filepath.Join(own, "host"), "")
	key := NewKey(t, s.KeyFile, "")
	authorized := ssh.MarshalAuthorizedKey(key.PublicKey())
	if o.Also != "" {
		also, err := os.ReadFile(o.Also + ".pub")
		if err != nil {
			t.Fatal(err)
		}
		authorized = append(authorized, also...)
	}
	write(t, filepath.Join(own, "authorized"), string(authorized))
	s.known(t, own)
	serves := "internal-sftp -d " + s.There(s.Folder)
	if o.NoReplace {
		serves += " -P posix-rename"
	}
	settings := []string{
		"ListenAddress " + s.Address,
		"HostKey " + filepath.Join(own, "host"),
		"AuthorizedKeysFile " + filepath.Join(own, "authorized"),
		"Subsystem sftp internal-sftp",
		"PidFile none",
		"StrictModes no", // which would ask who owns the folder of temporary files
		"UsePAM no",
		"PermitRootLogin yes",
		"PasswordAuthentication yes",
		"MaxStartups 100",
		"ForceCommand " + serves,
	}
	if os.Getuid() == 0 {
		settings = append(settings, "ChrootDirectory "+s.Base)
	}
	config := write(t, filepath.Join(own, "config"), strings.Join(settings, "\n")+"\n")
	start(t, "tcp", s.Address, quota(exec.Command(sshd, "-D", "-e", "-f", config), o.Quota))
	return s
}

// quota lets a program, and what it starts, make no file larger than so many kilobytes.
func quota(server *exec.Cmd, kilobytes int) *exec.Cmd {
	if kilobytes == 0 {
		return server
	}
	blocks := strconv.Itoa(kilobytes * 2)
	return exec.Command("sh",
		append([]string{"-c", `trap "" XFSZ; ulimit -f ` + blocks + `; exec "$@"`, "sh"}, server.Args...)...)
}

func (s *SSH) known(t testing.TB, own string) {
	t.Helper()
	host, port, _ := net.SplitHostPort(s.Address)
	line := "[" + host + "]:" + port + " " + string(ssh.MarshalAuthorizedKey(s.HostKey.PublicKey()))
	s.KnownHosts = write(t, filepath.Join(own, "known_hosts"), line)
}

// SSHPassword starts a server that lets a user in by a password, as sshd does only where it
// may read the system's; asks says that it puts it as a question. What it is given is
// in memory, and forgotten when the user leaves.
func SSHPassword(t testing.TB, password string, asks bool) SSH {
	t.Helper()
	own := t.TempDir()
	s := SSH{User: "editor", Folder: "/site", HostKey: NewKey(t, filepath.Join(own, "host"), "")}
	config := &ssh.ServerConfig{}
	right := func(given string) (*ssh.Permissions, error) {
		if given != password {
			return nil, os.ErrPermission
		}
		return nil, nil
	}
	if asks {
		config.KeyboardInteractiveCallback = func(
			_ ssh.ConnMetadata, ask ssh.KeyboardInteractiveChallenge,
		) (*ssh.Permissions, error) {
			answers, err := ask("", "", []string{"Password: "}, []bool{false})
			if err != nil {
				return nil, err
			}
			return right(answers[0])
		}
	} else {
		config.PasswordCallback = func(_ ssh.ConnMetadata, given []byte) (*ssh.Permissions, error) {
			return right(string(given))
		}
	}
	config.AddHostKey(s.HostKey)
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { listener.Close() })
	s.Address = listener.Addr().String()
	s.known(t, own)
	go func() {
		for {
			conn, err := listener.Accept()
			if err != nil {
				return
			}
			go serve(conn, config)
		}
	}()
	return s
}

// serve keeps files for whoever is let in; it ends with the connection.
func serve(conn net.Conn, config *ssh.ServerConfig) {
	defer conn.Close()
	_, channels, requests, err := ssh.NewServerConn(conn, config)
	if err != nil {
		return
	}
	go ssh.DiscardRequests(requests)
	for offered := range channels {
		channel, requests, err := offered.Accept()
		if err != nil {
			return
		}
		go func() {
			for r := range requests {
				if r.Type == "subsystem" {
					go sftp.NewRequestServer(channel, sftp.InMemHandler()).Serve()
				}
				r.Reply(r.Type == "subsystem", nil)
			}
		}()
	}
}

// KnownAs is a file that names a server by an address that leads to it.
func KnownAs(t testing.TB, s SSH, address string) string {
	t.Helper()
	s.Address = address
	s.known(t, t.TempDir())
	return s.KnownHosts
}

// Agent starts an ssh-agent that holds a key, and returns where it listens.
func Agent(t testing.TB, keyFile string) string {
	t.Helper()
	agent, add := program(t, "ssh-agent", "openssh-client"), program(t, "ssh-add", "openssh-client")
	folder, err := os.MkdirTemp("", "agent") // a socket's path is short
	if err != nil {
		t.Fatal(err)
	}
	socket := filepath.Join(folder, "s")
	t.Cleanup(func() {
		os.Remove(socket)
		os.Remove(folder)
	})
	start(t, "unix", socket, exec.Command(agent, "-D", "-a", socket))
	load := exec.Command(add, keyFile)
	load.Env = append(os.Environ(), "SSH_AUTH_SOCK="+socket)
	if out, err := load.CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	return socket
}
