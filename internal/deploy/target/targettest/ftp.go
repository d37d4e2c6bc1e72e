package targettest

import (
	"net"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// FTP is a server that has a folder by FTP, which is the user's own there.
type FTP struct {
	Address        string
	User, Password string
	Base           string // on this machine; nothing outside is touched by who asks the server
	Folder         string // in it, the user's
	Certificate    Certificate
}

// FTPOptions are settings of ProFTPD.
type FTPOptions struct {
	Plain     bool   // no TLS
	Implicit  bool   // TLS from the first byte
	Expired   bool   // the certificate was good once
	NoReplace bool   // a rename is refused where something is already
	NoFacts   bool   // it says little of files: no MLST
	Old       bool   // TLS 1.2 and no newer one
	NoTickets bool   // which continues sessions without tickets, as ProFTPD is delivered
	Clients   string // how many connections it takes from one machine, if not any number
	Quota     int    // kilobytes that a file can have; 0: as many as there are
}

// ProFTPD starts a server that wants each file's connection to continue the session of the
// one that asks for it, as it is delivered. It lets nothing be written outside of Base
// unless a link leads there, and run by root, it knows nothing else.
func ProFTPD(t testing.TB, o FTPOptions) FTP {
	t.Helper()
	proftpd := program(t, "proftpd", "proftpd-core and proftpd-mod-crypto")
	own := t.TempDir()
	in := func(name string) string { return filepath.Join(own, name) }
	s := FTP{Address: free(t), User: "editor", Password: "sesame", Base: t.TempDir()}
	s.Folder = filepath.Join(s.Base, "home")
	if err := os.Mkdir(s.Folder, 0o755); err != nil {
		t.Fatal(err)
	}
	host, port, _ := net.SplitHostPort(s.Address)
	u := me(t)
	group, err := user.LookupGroupId(u.Gid)
	if err != nil {
		t.Fatal(err)
	}
	// of the password
	const hash = "$6$qinglian$D2peFwdofqbxH62dZtQSskZM7SuKuWBmUDy3t3Y6dVcf3O4pifvb6fXFVmncLAuvHLP4wvbsOcPjuwI1FTp8f0"
	write(t, in("users"), strings.Join([]string{s.User, hash, u.Uid, u.Gid, "", s.Folder, "/bin/sh"}, ":")+"\n")
	config := []string{
		"ServerName test", "ServerType standalone", "DefaultAddress " + host, "Port " + port, "UseIPv6 off",
		"User " + u.Username, "Group " + group.Name, "RootLogin on", "UseFtpUsers off", "RequireValidShell off",
		"AuthOrder mod_auth_file.c", "AuthUserFile " + in("users"), "AuthFileOptions InsecurePerms",
		"PidFile " + in("pid"), "ScoreboardFile " + in("board"), "SystemLog " + in("log"), "TransferLog none",
		"WtmpLog off",
		"UseReverseDNS off", "UseSendfile off", "Umask 022",
		"AllowOverwrite " + onOff(!o.NoReplace), "FactsAdvertise " + onOff(!o.NoFacts),
		"<IfModule mod_delay.c>", "DelayEngine off", "</IfModule>",
		"<Directory />", "<Limit WRITE>", "DenyAll", "</Limit>", "</Directory>",
		"<Directory " + s.Base + ">", "<Limit WRITE>", "AllowAll", "</Limit>", "</Directory>",
	}
	if os.Getuid() == 0 {
		config = append(config, "DefaultRoot "+s.Base)
	}
	if o.Clients != "" {
		config = append(config, "MaxClientsPerHost "+o.Clients)
	}
	if !o.Plain {
		good := 24 * time.Hour
		if o.Expired {
			good = -time.Hour
		}
		s.Certificate = NewCertificate(t, good)
		protocol := "TLSv1.2 TLSv1.3"
		if o.Old {
			protocol = "TLSv1.2"
		}
		config = append(config, "LoadModule mod_tls.c", "TLSEngine on", "TLSRequired on", "TLSLog "+in("tls"),
			"TLSProtocol "+protocol, "TLSSessionTickets "+onOff(!o.NoTickets),
			"TLSECCertificateFile "+s.Certificate.File, "TLSECCertificateKeyFile "+s.Certificate.Key)
		if o.Implicit {
			config = append(config, "TLSOptions UseImplicitSSL")
		}
	}
	file := write(t, in("config"), strings.Join(config, "\n")+"\n")
	start(t, "tcp", s.Address, quota(exec.Command(proftpd, "--nodaemon", "-c", file), o.Quota))
	return s
}

func onOff(b bool) string {
	if b {
		return "on"
	}
	return "off"
}
