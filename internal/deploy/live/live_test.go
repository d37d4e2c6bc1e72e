package live

import (
	"compress/gzip"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"qinglian/internal/deploy"
	"qinglian/internal/digest"
)

// delivered is what was delivered, by path.
var delivered = map[string]string{
	"index.html": `<!doctype html><script src="a.js"></script><p>首页`, "a/b c.html": "<p>页", "404.html": "<p>没有",
	"a.js": "1", "tampered.html": `<p>页<script>let x</script>`, "changed.html": "<p>页", "gone.html": "<p>页", "frame.html": "<p>页",
	"handler.html": "<p>页", "data.json": "{}", "broken.html": "<p>页",
}

func files() (out []deploy.File) {
	for path, text := range delivered {
		out = append(out, deploy.File{Path: path, Sum: digest.Of([]byte(text)), Size: int64(len(text))})
	}
	return out
}

// tampered is what the server has otherwise than it was delivered; "" is nothing.
var tampered = map[string]string{
	"tampered.html": `<p>页<script>let x</script><script src="https://evil.example/x.js"></script>`,
	"changed.html":  `<p>别的`, "gone.html": "", "frame.html": `<p>页<IFRAME SRC=//evil.example>`,
	"handler.html": `<p onclick="steal()">页`, "data.json": `{"a":1}`,
}

func server(t *testing.T, missing int) *httptest.Server {
	t.Helper()
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		path := strings.TrimPrefix(r.URL.Path, "/site/")
		text, ok := delivered[path]
		if changed, known := tampered[path]; known {
			text, ok = changed, changed != ""
		}
		if path == "broken.html" {
			http.Error(w, "no", http.StatusBadGateway)
			return
		}
		status := http.StatusOK
		if !ok || path == "404.html" && missing == http.StatusNotFound {
			text, status = delivered["404.html"], missing
		}
		if strings.Contains(r.Header.Get("Accept-Encoding"), "gzip") {
			w.Header().Set("Content-Encoding", "gzip")
			w.WriteHeader(status)
			z := gzip.NewWriter(w)
			fmt.Fprint(z, text)
			z.Close()
			return
		}
		w.WriteHeader(status)
		fmt.Fprint(w, text)
	}))
	t.Cleanup(s.Close)
	return s
}

// TestCompare: what differs, is missing or has a script that was not written is named; also
// from a server that compresses, and one that answers 200 where nothing is.
func TestCompare(t *testing.T) {
	want := strings.TrimSpace(`
broken.html failed HTTP 502 Bad Gateway
changed.html different 
data.json different 
frame.html script <iframe src=//evil.example>
gone.html missing 
handler.html script <p onclick=steal()>
tampered.html script <script src=https://evil.example/x.js>`)
	for _, missing := range []int{http.StatusNotFound, http.StatusOK} {
		s := server(t, missing)
		steps := 0
		h := How{Site: s.URL + "/site/", Client: s.Client(), Every: time.Millisecond, Step: func() { steps++ },
			Read: func(f deploy.File) ([]byte, error) { return []byte(delivered[f.Path]), nil }}
		found, err := h.Compare(t.Context(), files())
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, f := range found {
			if f.Path == "404.html" && missing == http.StatusOK {
				continue // it is what the server gives anywhere: that it is there can't be told
			}
			got = append(got, fmt.Sprint(f.Path, " ", f.Kind, " ", f.What))
		}
		if got := strings.TrimSpace(strings.Join(got, "\n")); got != want || steps != len(delivered) {
			t.Errorf("%d: got\n%s\nwant\n%s", missing, got, want)
		}
	}
}

func TestNoServer(t *testing.T) {
	s := server(t, http.StatusNotFound)
	s.Close()
	if _, err := (How{Site: s.URL + "/", Client: s.Client()}).Compare(t.Context(), files()); err == nil {
		t.Error("a server that is not there was compared")
	}
}

func TestSample(t *testing.T) {
	day := time.Date(2026, 11, 29, 0, 0, 0, 0, time.UTC)
	one, other := Sample(files(), 4, day), Sample(files(), 4, day.AddDate(0, 0, 1))
	if len(one) != 4 || one[0].Path != "index.html" || fmt.Sprint(one) == fmt.Sprint(other) {
		t.Errorf("%v, then %v", one, other)
	}
	if fmt.Sprint(one) != fmt.Sprint(Sample(files(), 4, day.Add(time.Hour))) {
		t.Error("it differs on one day")
	}
	if len(Sample(files(), 0, day)) != len(delivered) {
		t.Error("without a number it is not all")
	}
}
