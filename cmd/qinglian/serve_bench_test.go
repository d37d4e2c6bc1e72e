package main

import (
	"bufio"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"
)

// BenchmarkServe is the preview of a site as an editor meets it, in a process of
// its own: from the start to the first page, with what a build left; from a save
// to the page that shows it, when only prose moved and when the title did. Each
// save is told after a quiet time of 15 ms, which is in the figures.
func BenchmarkServe(b *testing.B) {
	site := benchSite(b, *articles)
	edited := filepath.Join(site, "content", "examples", "a00007.md")
	var base string
	b.Run("start", func(b *testing.B) {
		for b.Loop() {
			c, address := preview(b, site)
			shows(b, address, "测速")
			b.StopTimer()
			interrupt(b, c)
			b.StartTimer()
		}
	})
	c, base := preview(b, site)
	defer interrupt(b, c)
	page := base + "examples/a00007.html"
	b.Run("prose", func(b *testing.B) {
		for i := 0; b.Loop(); i++ {
			text := fmt.Sprintf("正文%d。", time.Now().UnixNano())
			replaceIn(b, edited, "正文", text)
			shows(b, page, text)
		}
	})
	b.Run("title", func(b *testing.B) {
		for i := 0; b.Loop(); i++ {
			text := fmt.Sprintf("题%d", time.Now().UnixNano())
			replaceIn(b, edited, "title = \"", "title = \""+text)
			shows(b, page, text)
		}
		b.ReportMetric(float64(resident(b, c.Process.Pid))/(1<<20), "MiB")
	})
}

// preview starts qinglian serve and reads the address that it prints.
func preview(b *testing.B, site string) (c *exec.Cmd, address string) {
	b.Helper()
	c = exec.Command("qinglian", "serve", "--port", "0", "--source", site)
	out, err := c.StdoutPipe()
	if err != nil {
		b.Fatal(err)
	}
	if err := c.Start(); err != nil {
		b.Fatal(err)
	}
	r := bufio.NewReader(out)
	address, err = r.ReadString('\n')
	if err != nil {
		b.Fatal(err)
	}
	go io.Copy(io.Discard, r)
	return c, strings.TrimSpace(address)
}

func interrupt(b *testing.B, c *exec.Cmd) {
	b.Helper()
	if err := c.Process.Signal(syscall.SIGINT); err != nil {
		b.Fatal(err)
	}
	if err := c.Wait(); err != nil {
		b.Fatal(err)
	}
}

// shows asks for a page until it shows a text.
func shows(b *testing.B, page, text string) {
	b.Helper()
	for begin := time.Now(); time.Since(begin) < 10*time.Second; time.Sleep(time.Millisecond) {
		r, err := http.Get(page)
		if err != nil {
			b.Fatal(err)
		}
		body, err := io.ReadAll(r.Body)
		r.Body.Close()
		if err != nil {
			b.Fatal(err)
		}
		if strings.Contains(string(body), text) {
			return
		}
	}
	b.Fatalf("%s does not show %s", page, text)
}

// resident is the memory of a process that is in use, in bytes.
func resident(b *testing.B, pid int) int64 {
	b.Helper()
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	if err != nil {
		b.Skip("no /proc here")
	}
	kb, err := strconv.ParseInt(regexp.MustCompile(`VmRSS:\s+(\d+) kB`).FindStringSubmatch(string(status))[1], 10, 64)
	if err != nil {
		b.Fatal(err)
	}
	return kb << 10
}
