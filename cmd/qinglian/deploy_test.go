package main

import (
	"bytes"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"strings"
	"syscall"
	"testing"

	"qinglian/internal/config"
	"qinglian/internal/deploy"
	"qinglian/internal/deploy/target"
	"qinglian/internal/deploy/target/targettest"
	"qinglian/internal/digest"
)

// TestUnreached: of a place that was not reached nothing is said to have arrived.
func TestUnreached(t *testing.T) {
	on := carriage{place: config.Deploy{Name: "web"}}
	refused := fmt.Errorf("ftp: %w", &net.OpError{Op: "dial", Net: "tcp", Err: syscall.ECONNREFUSED})
	if said := failureOf(on.unmet(refused)).text.ZH; !strings.HasPrefix(said, "连不上 web：那台机器的这个端口没有人应") {
		t.Error(said)
	}
}

// deployed runs deploy in a workshop with a home of its own, and is what it said and how
// it ended.
func deployed(w *workshop, home string, env []string, args ...string) (said string, status int) {
	w.Helper()
	c := w.command()
	c.Args = append([]string{c.Args[0], "deploy", "--source", w.at("")}, args...)
	c.Env = append(os.Environ(), "HOME="+home, "XDG_CONFIG_HOME="+filepath.Join(home, ".config"), "SSH_AUTH_SOCK=", "LANG=", "LC_ALL=")
	c.Env = append(c.Env, env...)
	var out bytes.Buffer
	c.Stdout, c.Stderr = &out, &out
	c.Run() //nolint:errcheck // the status tells
	return out.String(), c.ProcessState.ExitCode()
}

// TestDeployServers: the real program carries a site to each kind of server; a server that
// is new is shown first, and no secret is ever said.
func TestDeployServers(t *testing.T) {
	w := newWorkshop(t)
	home := t.TempDir()
	ssh := targettest.SSHD(t, targettest.Options{})
	ftp := targettest.ProFTPD(t, targettest.FTPOptions{})
	s3 := targettest.Versity(t, false)
	w.change("config.toml", func(s string) string { return "id = \"aaaaaaaa\"\n" + s })
	w.append("config.toml", strings.Join([]string{"",
		"[deploy.shell]", `to = "sftp://` + ssh.User + "@" + ssh.Address + ssh.There(ssh.Folder) + `/www"`, `key = '` + ssh.KeyFile + `'`,
		"[deploy.files]", `to = "ftps://` + ftp.User + "@" + ftp.Address + `/www"`,
		"[deploy.bucket]", `to = "s3://` + s3.Bucket + `/www"`, `endpoint = "http://` + s3.Address + `"`, `region = "` + s3.Region + `"`, "path_style = true",
		""}, "\n"))
	run := func(want int, env []string, args ...string) string {
		t.Helper()
		said, status := deployed(w, home, env, args...)
		for _, secret := range []string{ftp.Password, s3.Secret} {
			if strings.Contains(said, secret) {
				t.Errorf("%s: it says a secret:\n%s", args, said)
			}
		}
		if status != want {
			t.Fatalf("%s: ended with %d, want %d:\n%s", args, status, want, said)
		}
		return said
	}
	has := func(folder, name string) {
		t.Helper()
		if _, err := os.Stat(filepath.Join(folder, "www", name)); err != nil {
			t.Error(err)
		}
	}

	// SFTP: nobody has agreed to the server yet.
	said := run(exitMachine, nil, "shell")
	found := regexp.MustCompile(`--trust (SHA256:\S+)`).FindStringSubmatch(said)
	if found == nil {
		t.Fatalf("no fingerprint in\n%s", said)
	}
	run(exitMachine, nil, "shell", "--trust", "SHA256:another")
	run(exitDone, nil, "shell", "--trust", found[1])
	has(ssh.Folder, "index.html")
	if said := run(exitDone, nil, "shell"); !strings.Contains(said, "什么都不用送") {
		t.Error(said)
	}

	// FTP with TLS: neither a password nor a certificate that is vouched for.
	said = run(exitMachine, []string{"QINGLIAN_DEPLOY_FILES_PASSWORD=" + ftp.Password}, "files")
	found = regexp.MustCompile(`certificate = "([0-9a-f]{64})"`).FindStringSubmatch(said)
	if found == nil {
		t.Fatalf("no certificate in\n%s", said)
	}
	w.change("config.toml", func(s string) string {
		return strings.Replace(s, "[deploy.bucket]", found[0]+"\n[deploy.bucket]", 1)
	})
	if said := run(exitMachine, nil, "files"); !strings.Contains(said, "QINGLIAN_DEPLOY_FILES_PASSWORD") {
		t.Errorf("without a password it says %s", said)
	}
	run(exitDone, []string{"QINGLIAN_DEPLOY_FILES_PASSWORD=" + ftp.Password}, "files")
	has(ftp.Folder, "index.html")

	// A bucket: the keys are in a file that nobody else may read.
	private := filepath.Join(home, ".config", settings, secretsFile)
	w.check(os.WriteFile(private, []byte("[aaaaaaaa.bucket]\naccess_key = \""+s3.KeyID+"\"\nsecret_key = \""+s3.Secret+"\"\n"), 0o644))
	if runtime.GOOS != "windows" {
		if said := run(exitMachine, nil, "bucket"); !strings.Contains(said, "chmod 600") {
			t.Errorf("others can read the file, and it says %s", said)
		}
	}
	w.check(os.Chmod(private, 0o600))
	run(exitDone, nil, "bucket")
	has(s3.Folder, "index.html")
	if said := run(exitDone, nil, "bucket", "--status"); !strings.Contains(said, "和输出文件夹一样") {
		t.Error(said)
	}

	// What is wrong in that file is told without it, and it is no part of a site.
	w.check(os.WriteFile(private, []byte("[aaaaaaaa.bucket]\nsecret_key = "+s3.Secret+"\n"), 0o600))
	run(exitMachine, nil, "bucket")
	within := w.at("home")
	w.check(os.MkdirAll(filepath.Join(within, ".config", settings), 0o755))
	w.check(os.WriteFile(filepath.Join(within, ".config", settings, secretsFile), []byte("x"), 0o600))
	if said, status := deployed(w, within, nil, "bucket"); status != exitMachine || !strings.Contains(said, "在网站文件夹里") {
		t.Errorf("%d %s", status, said)
	}
}

// TestDeployVerified: what somebody changed on the server is found, and put right.
func TestDeployVerified(t *testing.T) {
	w := newWorkshop(t)
	out := filepath.Join(t.TempDir(), "www")
	s := httptest.NewServer(http.FileServer(http.Dir(out)))
	defer s.Close()
	w.change("config.toml", func(text string) string { return "id = \"aaaaaaaa\"\n" + text })
	w.append("config.toml", "\n[deploy.web]\nto = '"+out+"'\nsite = \""+s.URL+"\"\n")
	home := t.TempDir()
	verify := func(want int) string {
		t.Helper()
		said, status := deployed(w, home, nil, "web", "--verify", "--sample", "12")
		if status != want {
			t.Fatalf("ended with %d, want %d:\n%s", status, want, said)
		}
		return said
	}
	if said, status := deployed(w, home, nil); status != exitDone {
		t.Fatal(said)
	}
	if said := verify(exitDone); !strings.Contains(said, "核对了 12 个文件，都和送去的一样") {
		t.Error(said)
	}
	at := filepath.Join(out, "index.html")
	page, err := os.ReadFile(at)
	w.check(err)
	w.check(os.WriteFile(at, append(page, `<script src="https://evil.example/x.js"></script>`...), 0o644))
	if said := verify(exitSite); !strings.Contains(said, "index.html 有不是我们写的脚本：<script src=https://evil.example/x.js>") {
		t.Error(said)
	}
	if said, status := deployed(w, home, nil, "--whole"); status != exitDone {
		t.Error(said)
	}
	verify(exitDone)
}

// TestEarlier: which version is put back.
func TestEarlier(t *testing.T) {
	v := func(name string) digest.Digest { return digest.Of([]byte(name)) }
	kept := func(names string) (all []deploy.Ledger) {
		for _, name := range strings.Fields(names) {
			all = append(all, deploy.Ledger{Version: v(name)})
		}
		return all
	}
	for _, c := range []struct {
		name, kept, now string
		moving          bool
		back, want      string
	}{
		{"the one before", "c b a", "c", false, "", "b"},
		{"none before", "c", "c", false, "", ""},
		{"nothing kept", "", "c", false, "", ""},
		{"another machine's is there", "b a", "c", false, "", "b"},
		{"an older one is there", "c b a", "b", false, "", "a"},
		{"not finished", "c b a", "c", true, "", "c"},
		{"one that was taken back is passed over", "c b a", "c", false, "b", "a"},
	} {
		now := deploy.Ledger{Version: v(c.now), Moving: c.moving}
		if c.back != "" {
			now.Back = append(now.Back, v(c.back))
		}
		got, ok := earlier(now, kept(c.kept))
		if ok != (c.want != "") || ok && got.Version != v(c.want) {
			t.Errorf("%s: %v", c.name, ok)
		}
	}
}

// TestBeforeCut: what a cut delivery was about to write was not there before, unless the version
// before has it.
func TestBeforeCut(t *testing.T) {
	entry := func(path string, unsure bool) deploy.Entry {
		return deploy.Entry{File: deploy.File{Path: path}, Unsure: unsure}
	}
	one := digest.Of([]byte("1"))
	kept := []deploy.Ledger{{Version: one, Entries: []deploy.Entry{entry("old.html", false)}}}
	moving := deploy.Ledger{Moving: true, Version: one, Entries: []deploy.Entry{entry("new.html", true), entry("old.html", true)}}
	first := moving
	first.Version = digest.Digest{}
	for _, c := range []struct {
		name     string
		now      deploy.Ledger
		kept     []deploy.Ledger
		old, new bool // were there
	}{
		{"a cut one", moving, kept, true, false},
		{"of another machine", moving, nil, true, true}, // that can't be told apart
		{"a cut first one", first, kept, false, false},
	} {
		had := beforeCut(c.now, c.kept)
		if had.Had("old.html") != c.old || had.Had("new.html") != c.new || had.Had("none.html") {
			t.Errorf("%s: %+v", c.name, had)
		}
	}
}

// TestWantsPassword: nobody is asked for a password that would go to a server which is not
// the one that was agreed to, or where none is wanted.
func TestWantsPassword(t *testing.T) {
	for _, c := range []struct {
		scheme, password string
		err              error
		want             bool
	}{
		{"sftp", "", target.ErrRefused, true},
		{"ftps", "", fmt.Errorf("530: %w", target.ErrRefused), true},
		{"sftp", "tried", target.ErrRefused, false},
		{"sftp", "", &target.ChangedHost{}, false},
		{"ftps", "", &target.UnknownCertificate{}, false},
		{"s3", "", target.ErrRefused, false},
		{"folder", "", target.ErrRefused, false},
		{"sftp", "", io.ErrUnexpectedEOF, false},
	} {
		on := carriage{place: config.Deploy{Scheme: c.scheme}, at: target.Place{Password: c.password}}
		if got := on.wantsPassword(c.err); got != c.want {
			t.Errorf("%s %v: %v", c.scheme, c.err, got)
		}
	}
}
