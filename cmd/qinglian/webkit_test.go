package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"
)

// TestWebKit: pages work in the engine of iPhones as they do in Chromium: they are as wide
// as the screen, the menu leads on, the modes are kept, the text stands there, searching
// finds.
func TestWebKit(t *testing.T) {
	output := sampleOutput(t)
	base := serveFolder(t, output, "/")
	w := openWebKit(t)
	for _, c := range []struct{ page, title, text string }{
		{"index.html", "清源清风", "苇塘农机"},
		{"education/ai-lian-shuo.html", "爱莲说", "出淤泥而不染"},
		{"model-sites/tax-bureau.html", "清源县税务局", "清平镇北街面馆"},
		{"showcase.html", "示范点", "加入对比"},
		{"search.html", "搜索", "大家常找"},
	} {
		w.open(t, base+c.page)
		if title := w.eval(t, `return document.title`); !strings.Contains(title.(string), c.title) {
			t.Errorf("%s: the title is %q", c.page, title)
		}
		if text := w.eval(t, `return document.querySelector("main").innerText`); !strings.Contains(text.(string), c.text) {
			t.Errorf("%s: %q does not stand there: %s", c.page, c.text, text)
		}
		if wide := w.eval(t, `return [innerWidth, document.documentElement.scrollWidth]`); fmt.Sprint(wide) != "[360 360]" {
			t.Errorf("%s: screen and page are %v px wide", c.page, wide)
		}
	}

	w.open(t, base+"index.html")
	w.click(t, `.site-nav a[href="examples/"], .site-nav a[href="examples/index.html"]`)
	w.wait(t, `return location.pathname.startsWith("/examples/") && document.readyState === "complete"`)
	w.click(t, ".more-modes summary")
	w.click(t, `[data-mode="dark"]`)
	w.open(t, base+"about.html")
	if kept := w.eval(t, `return document.documentElement.classList.contains("dark")`); kept != true {
		t.Error("the mode is not kept")
	}
	w.open(t, base+"search.html?q=liuhecun")
	w.wait(t, `return [...document.querySelectorAll("main a")].some(a => a.textContent.includes("柳河村"))`)
}

// webKit is a session of WebDriver's.
type webKit struct{ address string }

// openWebKit opens WebKit in a window as large as a phone, on a screen of its own.
func openWebKit(t *testing.T) webKit {
	t.Helper()
	screen := tool(t, "Xvfb", "Xvfb (Debian: xvfb)")
	driver := tool(t, "WebKitWebDriver", "WebKit's driver (Debian: webkit2gtk-driver)")
	display := exec.Command(screen, "-displayfd", "1", "-screen", "0", "360x780x24", "-nolisten", "tcp")
	said, err := display.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	start(t, display)
	number, err := bufio.NewReader(said).ReadString('\n')
	if err != nil {
		t.Fatal(err)
	}
	port := freePort(t)
	at := net.JoinHostPort("127.0.0.1", port)
	serve := exec.Command(driver, "--host=127.0.0.1", "--port="+port)
	serve.Env = append(os.Environ(), "DISPLAY=:"+strings.TrimSpace(number), "HOME="+t.TempDir())
	start(t, serve)
	w := webKit{"http://" + at + "/session"}
	for try := 0; ; try++ {
		if c, err := net.Dial("tcp", at); err == nil {
			c.Close()
			break
		} else if try == 100 {
			t.Fatal(err)
		}
		time.Sleep(100 * time.Millisecond)
	}
	// Only a window without its bars can be as narrow as a phone.
	session := w.ask(t, http.MethodPost, "", `{"capabilities": {"alwaysMatch": {"webkitgtk:browserOptions": {"args": ["--automation", "--full-screen"]}}}}`)
	w.address += "/" + session.(map[string]any)["sessionId"].(string)
	t.Cleanup(func() { w.ask(t, http.MethodDelete, "", "") }) // it closes the browser
	w.ask(t, http.MethodPost, "/window/rect", `{"x": 0, "y": 0, "width": 360, "height": 780}`)
	return w
}

// start starts a program that ends with the test.
func start(t *testing.T, program *exec.Cmd) {
	t.Helper()
	if err := program.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = program.Process.Kill()
		_ = program.Wait() // it was killed
	})
}

func (w webKit) ask(t *testing.T, method, command, body string) any {
	t.Helper()
	request, err := http.NewRequest(method, w.address+command, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	answer, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	b, err := io.ReadAll(answer.Body)
	var said struct{ Value any }
	if err == nil {
		err = json.Unmarshal(b, &said)
	}
	if err != nil || answer.StatusCode != http.StatusOK {
		t.Fatalf("%s %s: %v\n%s", method, command, err, b)
	}
	return said.Value
}

func (w webKit) open(t *testing.T, address string) {
	t.Helper()
	w.ask(t, http.MethodPost, "/url", fmt.Sprintf(`{"url": %q}`, address))
}

func (w webKit) eval(t *testing.T, script string) any {
	t.Helper()
	return w.ask(t, http.MethodPost, "/execute/sync", fmt.Sprintf(`{"script": %q, "args": []}`, script))
}

// wait waits until a script says true.
func (w webKit) wait(t *testing.T, script string) {
	t.Helper()
	for range 100 {
		if w.eval(t, script) == true {
			return
		}
		time.Sleep(100 * time.Millisecond)
	}
	t.Errorf("it never came: %s\n%s", script, w.eval(t, `return document.querySelector("main").innerText`))
}

// click presses what is there as a finger would: hidden things can't be pressed.
func (w webKit) click(t *testing.T, selector string) {
	t.Helper()
	found := w.ask(t, http.MethodPost, "/element", fmt.Sprintf(`{"using": "css selector", "value": %q}`, selector))
	for _, id := range found.(map[string]any) {
		w.ask(t, http.MethodPost, "/element/"+id.(string)+"/click", "{}")
	}
}
