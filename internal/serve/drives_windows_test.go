package serve

import (
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"

	"qinglian/internal/diag"
)

// TestWindowsDrives: from the home folder every drive can be reached.
func TestWindowsDrives(t *testing.T) {
	all := drives()
	if !slices.Contains(all, `C:\`) || !slices.Contains(all, `D:\`) {
		t.Fatalf("drives: %q", all)
	}
	s, err := NewStart(Sites{Hosts: []string{"127.0.0.1:1313"}, Home: `C:\`, Known: func() []Known { return nil },
		Proposed: func() string { return "" }, Open: func(string) (Opened, diag.Text) { return Opened{}, diag.Text{} }})
	if err != nil {
		t.Fatal(err)
	}
	for _, folder := range append(all, "") {
		r := httptest.NewRequestWithContext(t.Context(), "GET", "http://127.0.0.1:1313"+s.Root()+"?"+url.Values{"in": {folder}}.Encode(), nil)
		r.RemoteAddr = "127.0.0.1:50000"
		w := httptest.NewRecorder()
		s.ServeHTTP(w, r)
		if !strings.Contains(w.Body.String(), `<a href="?in=D%3a%5c">D:\</a>`) {
			t.Errorf("from %q there is no way to D: %s", folder, w.Body)
		}
	}
}
