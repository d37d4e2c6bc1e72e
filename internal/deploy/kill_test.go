package deploy

import (
	"context"
	"flag"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"qinglian/internal/deploy/target"
	"qinglian/internal/deploy/target/targettest"
)

// server is a place on a server, of which the test sees the folder.
type server struct {
	place
	address string
	open    func(ctx context.Context, address string) (target.Target, error)
}

// servers are those of each protocol.
var servers = map[string]func(*testing.T) server{
	"sftp": func(t *testing.T) server {
		s := targettest.SSHD(t, targettest.Options{})
		return server{place{t, s.Folder}, s.Address, func(ctx context.Context, address string) (target.Target, error) {
			return target.OpenSFTP(ctx, target.SFTP{Host: address, User: s.User, Folder: s.There(s.Folder), KeyFile: s.KeyFile,
				KnownHosts: []string{targettest.KnownAs(t, s, address)}})
		}}
	},
	"ftp": func(t *testing.T) server {
		s := targettest.ProFTPD(t, targettest.FTPOptions{Plain: true})
		return server{place{t, s.Folder}, s.Address, func(ctx context.Context, address string) (target.Target, error) {
			return target.OpenFTP(ctx, target.FTP{Host: address, Plain: true, User: s.User, Password: s.Password})
		}}
	},
	"s3": func(t *testing.T) server {
		s := targettest.Versity(t, false)
		return server{place{t, s.Folder}, s.Address, func(ctx context.Context, address string) (target.Target, error) {
			return target.OpenS3(ctx, target.S3{Endpoint: "http://" + address, Region: s.Region, Bucket: s.Bucket, PathStyle: true,
				KeyID: s.KeyID, Secret: s.Secret})
		}}
	},
}

var points = flag.Int("points", 0, "at how many points TestKilled cuts; 0 for as many as belong to a plain run")

// TestKilled: a delivery whose connection is gone for good after any number of bytes leaves
// pages whose parts are there; the next one finishes, and nothing foreign is lost.
func TestKilled(t *testing.T) {
	points := *points
	switch {
	case points > 0:
	case os.Getenv("REQUIRE_ALL") != "":
		points = 30
	default:
		points = 3
	}
	for name, start := range servers {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := start(t)
			s.put("theirs.html=theirs p/theirs.html=theirs")
			r := rand.New(rand.NewPCG(7, 11))
			line := targettest.NewLine(t, s.address)
			cut := 0
			for range points {
				site := randomSite(r)
				d := s.delivery(site)
				d.Open = func(ctx context.Context) (target.Target, error) { return s.open(ctx, line.Address) }
				line.CutAfter(int64(r.IntN(25_000)))
				if _, err := d.Run(t.Context()); err != nil {
					cut++
				}
				line.Mend()
				crawl(t, s.published())
				if r.IntN(3) == 0 {
					s.finishes(site)
				}
			}
			s.finishes(randomSite(r))
			if cut == 0 {
				t.Error("no delivery was cut")
			}
			t.Logf("%d of %d were cut", cut, points)
		})
	}
}

// published is what is there but for what a server keeps beside it until it is whole.
func (s server) published() string {
	s.t.Helper()
	return s.holds(func(name string) bool { return !strings.Contains(name, ".qinglian-") })
}

// finishes delivers a site over a connection that holds.
func (s server) finishes(site string) {
	s.t.Helper()
	d := s.delivery(site)
	d.Open = func(ctx context.Context) (target.Target, error) { return s.open(ctx, s.address) }
	run(s.t, d)
	want := strings.Fields(site + " theirs.html=theirs p/theirs.html=theirs")
	slices.Sort(want)
	if got := s.has(); got != strings.Join(want, " ") {
		s.t.Fatalf("got\n%s\nwant\n%s", got, strings.Join(want, " "))
	}
}

// TestAside: a ledger that a cut kept from being replaced, where servers can't do that in one
// step, is found where it lies aside.
func TestAside(t *testing.T) {
	for _, name := range []string{"sftp", "ftp"} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := servers[name](t)
			s.put("theirs.html=theirs p/theirs.html=theirs")
			s.finishes("a.html=1 b.html=1")
			for _, site := range []string{"a.html=2", "a.html=2"} { // also with nothing else to do
				if err := os.Rename(filepath.Join(s.dir, Name), filepath.Join(s.dir, target.Aside(Name))); err != nil {
					t.Fatal(err)
				}
				s.finishes(site)
				if _, err := os.Stat(filepath.Join(s.dir, Name)); err != nil {
					t.Error(err)
				}
			}
		})
	}
}

// TestSwept: what a cut delivery left beside the places of its files goes with the next one,
// also where that one has other files.
func TestSwept(t *testing.T) {
	for _, name := range []string{"sftp", "ftp"} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := servers[name](t)
			s.put("theirs.html=theirs p/theirs.html=theirs")
			line := targettest.NewLine(t, s.address)
			for _, content := range []string{"一", "二"} {
				d := s.delivery("p/a.html=" + strings.Repeat(content, 50_000) + " b.html=" + strings.Repeat(content, 50_000))
				d.Open = func(ctx context.Context) (target.Target, error) { return s.open(ctx, line.Address) }
				line.CutAfter(150_000)
				if _, err := d.Run(t.Context()); err == nil {
					t.Fatal("it was not cut")
				}
				line.Mend()
			}
			left := func() string { return s.holds(func(name string) bool { return strings.Contains(name, ".qinglian-") }) }
			for begin := time.Now(); left() == ""; time.Sleep(10 * time.Millisecond) {
				if time.Since(begin) > 10*time.Second {
					t.Fatal("a cut leaves nothing to be swept")
				}
			}
			s.finishes("b.html=三")
		})
	}
}
