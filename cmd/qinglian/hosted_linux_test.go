package main

import (
	"bytes"
	"compress/gzip"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"fmt"
	"io"
	"math/big"
	"net"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"testing"
	"time"
)

// hosted is a site on a server of this machine, and a folder that the server may write to.
type hosted struct {
	*testing.T
	program, site, folder, address string
	port                           string
	tls                            bool
	environ                        []string // besides this process's
	client                         *http.Client
}

func newHosted(t *testing.T, program, site, scheme, at string) *hosted {
	t.Helper()
	port := freePort(t)
	whole := &url.URL{Scheme: scheme, Host: net.JoinHostPort("127.0.0.1", port), Path: at}
	h := &hosted{T: t, program: program, site: site, folder: t.TempDir(), port: port, tls: scheme == "https",
		address: whole.String()}
	h.client = &http.Client{Timeout: 30 * time.Second,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
		Transport:     &http.Transport{DisableCompression: true, TLSClientConfig: &tls.Config{InsecureSkipVerify: true}}}
	for _, dir := range []string{h.folder, site} { // the server is nobody
		for ; dir != os.TempDir() && dir != "/"; dir = filepath.Dir(dir) {
			h.check(os.Chmod(dir, 0o755))
		}
	}
	h.check(os.Chmod(h.folder, 0o777))
	return h
}

func (h *hosted) check(err error) {
	h.Helper()
	if err != nil {
		h.Fatal(err)
	}
}

func (h *hosted) output() string { return filepath.Join(h.site, "public") }

// printed is what the manual's line `qinglian host KIND …` prints, for this site's address
// and folder.
func (h *hosted) printed(kind string) string {
	h.Helper()
	line := h.fromManual("(?m)^qinglian (host " + kind + " --folder .*) > .*$")
	args := strings.Fields(strings.Replace(line, " /var/www/site", " "+h.output(), 1))
	return answer(h.T, exitDone, append(args, "--source", h.site, "--base-url", h.address))
}

// fromManual is what a part of the manual says.
func (h *hosted) fromManual(pattern string) string {
	h.Helper()
	text, err := os.ReadFile("../../docs/manual.md")
	h.check(err)
	m := regexp.MustCompile(pattern).FindSubmatch(text)
	if m == nil {
		h.Fatalf("the manual does not say %s", pattern)
	}
	return string(m[1])
}

// placed is a program's name with the folder that Debian puts servers into, which is out
// of the way of most people.
func placed(name string) string {
	if _, err := os.Stat("/usr/sbin/" + name); err == nil {
		return "/usr/sbin/" + name
	}
	return name
}

// debian is a server of a Debian package.
func debian(t *testing.T, name, from string) string {
	t.Helper()
	return tool(t, placed(name), "the Debian package "+from)
}

// write writes a file into the server's folder.
func (h *hosted) write(name, text string) string {
	h.Helper()
	name = filepath.Join(h.folder, name)
	h.check(os.WriteFile(name, []byte(text), 0o644))
	return name
}

// start starts a server and waits until it answers.
func (h *hosted) start(command []string) {
	h.Helper()
	var said bytes.Buffer
	c := exec.Command(h.program, command...)
	c.Stdout, c.Stderr, c.Dir = &said, &said, h.folder
	c.Env = append(os.Environ(), "HOME="+h.folder, "XDG_DATA_HOME="+h.folder, "XDG_CONFIG_HOME="+h.folder)
	c.Env = append(c.Env, h.environ...)
	c.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	if os.Geteuid() == 0 {
		c.SysProcAttr.Credential = &syscall.Credential{Uid: 65534, Gid: 65534}
	}
	h.check(c.Start())
	ended := make(chan error, 1)
	go func() { ended <- c.Wait() }()
	h.Cleanup(func() {
		syscall.Kill(-c.Process.Pid, syscall.SIGTERM) //nolint:errcheck // it may have ended
		<-ended
	})
	for deadline := time.Now().Add(30 * time.Second); time.Now().Before(deadline); time.Sleep(20 * time.Millisecond) {
		select {
		case err := <-ended:
			ended <- err
			log, _ := os.ReadFile(filepath.Join(h.folder, "log")) // Apache's
			h.Fatalf("%s ended, %v: %s%s", h.program, err, said.String(), log)
		default:
		}
		if got, err := h.client.Get(h.address); err == nil {
			got.Body.Close()
			return
		}
	}
	h.Fatalf("%s does not answer", h.program)
}

func (h *hosted) nginx() []string {
	text := h.printed("nginx")
	if h.tls {
		text = h.certified(text, "/etc/nginx/ssl/127.0.0.1")
	}
	old := h.fromManual("(?s)nginx 这样写：\n\n *```\n(.*?)```") // for the domain that a site had before
	text += strings.NewReplacer("listen 80", "listen unix:"+h.folder+"/old", "旧域名", "old.example",
		"新域名", "a.example").Replace(old)
	h.write("site.conf", text)
	temp := ""
	for _, what := range []string{"client_body", "proxy", "fastcgi", "uwsgi", "scgi"} {
		temp += what + "_temp_path " + h.folder + "/" + what + "; "
	}
	main := h.write("nginx.conf", "daemon off; worker_processes 1; pid "+h.folder+"/pid; error_log stderr; events {}\n"+
		"http { access_log off; "+temp+"include "+h.folder+"/site.conf; }\n")
	return []string{"-e", "stderr", "-p", h.folder, "-c", main}
}

func (h *hosted) caddy() []string {
	const alone = "{\n\tadmin off\n\tskip_install_trust\n\tauto_https disable_redirects\n}\n"
	return []string{"run", "--adapter", "caddyfile", "--config", h.write("Caddyfile", alone+h.printed("caddy"))}
}

func (h *hosted) apache() []string {
	text := h.printed("apache")
	if h.tls {
		text = h.certified(text, "/etc/apache2/ssl/127.0.0.1")
	}
	return h.httpd(text)
}

// htaccess is Apache with a folder in which files are heeded.
func (h *hosted) htaccess() []string {
	place := "DocumentRoot " + h.output() + "\n"
	if u, err := url.Parse(h.address); err == nil && u.Path != "/" {
		place = "Alias \"" + strings.TrimSuffix(u.Path, "/") + "\" " + h.output() + "\n"
	}
	heeded := "<Directory " + h.output() + ">\nRequire all granted\nAllowOverride All\n</Directory>\n"
	return h.httpd("Listen " + h.port + "\n" + place + heeded)
}

func (h *hosted) httpd(text string) []string {
	const modules = "/usr/lib/apache2/modules/mod_"
	if _, err := os.Stat(modules + "dir.so"); err != nil {
		missing(h.T, "Apache's modules are not where Debian has them, so it was not started")
	}
	main := "ServerName localhost\nServerRoot " + h.folder + "\nDefaultRuntimeDir " + h.folder + "\nPidFile pid\nErrorLog log\n"
	enabled := h.fromManual("(?m)^sudo a2enmod (.*)$") // besides Debian's own
	for _, m := range strings.Fields("mpm_event authz_core mime dir alias autoindex ssl " + enabled) {
		main += "LoadModule " + m + "_module " + modules + m + ".so\n"
	}
	h.write("types", "")
	return []string{"-DFOREGROUND", "-f", h.write("httpd.conf", main+"TypesConfig types\n"+text)}
}

// tomcatHome is where Debian has Tomcat.
const tomcatHome = "/usr/share/tomcat10"

// tomcat is a Tomcat that knows nothing but how to serve files, with the site among its
// applications.
func (h *hosted) tomcat() []string {
	for _, dir := range []string{"conf", "logs", "temp", "webapps", "work"} {
		h.check(os.Mkdir(filepath.Join(h.folder, dir), 0o777))
		h.check(os.Chmod(filepath.Join(h.folder, dir), 0o777))
	}
	u, err := url.Parse(h.address)
	h.check(err)
	name := strings.ReplaceAll(strings.Trim(u.Path, "/"), "/", "#")
	if name == "" {
		name = "ROOT"
	}
	h.check(os.Symlink(h.output(), filepath.Join(h.folder, "webapps", name)))
	connector := h.fromManual("(?s)(<Connector .*? />)")
	connector = strings.Replace(connector, `port="8080"`, `address="127.0.0.1" port="`+h.port+`"`, 1)
	h.write("conf/server.xml", `<Server port="-1"><Service name="Catalina">`+connector+`
<Engine name="Catalina" defaultHost="localhost"><Host name="localhost" appBase="webapps" /></Engine></Service></Server>`)
	h.write("conf/web.xml", `<web-app xmlns="https://jakarta.ee/xml/ns/jakartaee" version="6.0"><servlet><servlet-name>default</servlet-name>
<servlet-class>org.apache.catalina.servlets.DefaultServlet</servlet-class></servlet>
<servlet-mapping><servlet-name>default</servlet-name><url-pattern>/</url-pattern></servlet-mapping></web-app>`)
	h.environ = []string{"CATALINA_HOME=" + tomcatHome, "CATALINA_BASE=" + h.folder, "CATALINA_OPTS=-XX:TieredStopAtLevel=1"}
	return []string{"run"}
}

// certified puts a certificate where what was printed has the place of one.
func (h *hosted) certified(text, place string) string {
	h.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	h.check(err)
	c := &x509.Certificate{SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "127.0.0.1"},
		NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour)}
	cert, err := x509.CreateCertificate(rand.Reader, c, c, &key.PublicKey, key)
	h.check(err)
	secret, err := x509.MarshalECPrivateKey(key)
	h.check(err)
	h.write("own.pem", string(pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: cert})))
	h.write("own.key", string(pem.EncodeToMemory(&pem.Block{Type: "EC PRIVATE KEY", Bytes: secret})))
	if strings.Count(text, place) != 2 {
		h.Fatalf("no place for a certificate in %s", text)
	}
	return strings.ReplaceAll(text, place, h.folder+"/own")
}

// get asks as a browser does, and is led nowhere else.
func (h *hosted) get(path string) (*http.Response, string) {
	h.Helper()
	return h.ask(path, http.Header{"Accept-Encoding": {"gzip"}})
}

func (h *hosted) ask(path string, header http.Header) (*http.Response, string) {
	h.Helper()
	base, err := url.Parse(h.address)
	h.check(err)
	to, err := base.Parse(path)
	h.check(err)
	ask, err := http.NewRequest(http.MethodGet, to.String(), nil)
	h.check(err)
	ask.Header = header
	got, err := h.client.Do(ask)
	h.check(err)
	defer got.Body.Close()
	var body io.Reader = got.Body
	if got.Header.Get("Content-Encoding") == "gzip" {
		body, err = gzip.NewReader(got.Body)
		h.check(err)
	}
	b, err := io.ReadAll(body)
	h.check(err)
	return got, string(b)
}

// realName is the path of a file whose name depends on what is in it.
func (h *hosted) realName(path string) string {
	patterns := map[string]string{"ASSETS.css": "assets/lotus.*.css", "ASSETS.js": "assets/lotus.*.js",
		"PIECE.js": "search/???????.js", "TEXTS.js": "search/t-???????.js"}
	pattern, ok := patterns[path]
	if !ok {
		return path
	}
	found, err := filepath.Glob(filepath.Join(h.output(), pattern))
	if err != nil || len(found) == 0 {
		h.Fatalf("no %s, %v", pattern, err)
	}
	name, err := filepath.Rel(h.output(), found[0])
	h.check(err)
	return filepath.ToSlash(name)
}

var styleLinks = regexp.MustCompile(`<link rel="stylesheet"[^>]* href="([^"]*)"`)

// styled: the style styleLinks of the page at a path are there.
func (h *hosted) styled(path string) {
	h.Helper()
	_, body := h.get(path)
	found := styleLinks.FindAllStringSubmatch(body, -1)
	if len(found) < 3 {
		h.Errorf("%d style styleLinks in %s", len(found), body)
	}
	for _, m := range found {
		base, err := url.Parse(h.address + path)
		h.check(err)
		to, err := base.Parse(m[1])
		h.check(err)
		if got, _ := h.get(to.String()); got.StatusCode != 200 {
			h.Errorf("%s: %d", to, got.StatusCode)
		}
	}
}

// pieced: of a file of texts the server gives the bytes that are asked for.
func (h *hosted) pieced() {
	h.Helper()
	name := h.realName("TEXTS.js")
	whole, err := os.ReadFile(filepath.Join(h.output(), name))
	h.check(err)
	got, body := h.ask(name, http.Header{"Accept-Encoding": {"identity"}, "Range": {"bytes=50-149"}})
	if got.StatusCode != http.StatusPartialContent || body != string(whole[50:150]) {
		h.Errorf("a piece of %s: status %d, %d bytes", name, got.StatusCode, len(body))
	}
}

// below is an address without the site's; "" if there is none.
func below(t *testing.T, site, location string) string {
	t.Helper()
	if location == "" {
		return ""
	}
	base, err := url.Parse(site)
	if err != nil {
		t.Fatal(err)
	}
	to, err := base.Parse(location)
	if err != nil {
		t.Fatal(err)
	}
	path, ok := strings.CutPrefix(to.Path, base.Path)
	if !ok || to.Host != base.Host {
		return fmt.Sprintf("%s, outside of the site", to)
	}
	if path == "" {
		return "." // the site's own
	}
	return path
}
