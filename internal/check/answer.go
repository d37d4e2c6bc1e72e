package check

import (
	"net/http"
	"time"

	"qinglian/internal/diag"
)

// Answer is what came of opening a link to another site.
type Answer struct {
	At     time.Time
	Status int    // where redirects end; 0 if nothing came
	Moved  string // where the page is now, as permanent redirects say; "" if it stays
	Failed Failure
}

// Failure is why no answer came; "" if one did.
type Failure string

// The failures.
const (
	NoHost    Failure = "no-host"   // there is no such name
	Offline   Failure = "offline"   // no name at all is known here
	Slow      Failure = "slow"      // nothing came in time
	Closed    Failure = "closed"    // nobody listens there, or the connection broke
	Untrusted Failure = "untrusted" // the certificate is not in order
	Private   Failure = "private"   // it leads into a network of somebody's own: it was not asked
	Endless   Failure = "endless"   // redirects have no end
)

// failures are the failures as people read them.
var failures = map[Failure]diag.Text{
	NoHost:    diag.Say("没有这个域名", "there is no such host"),
	Offline:   diag.Say("这台电脑没有连上外网", "this computer is not connected"),
	Slow:      diag.Say("等了很久没有回应", "nothing came in time"),
	Closed:    diag.Say("连不上，或中途断了", "there is no connection, or it broke"),
	Untrusted: diag.Say("证书有问题", "its certificate is not in order"),
	Private:   diag.Say("是内网或本机的地址，没有打开看", "it is an address of a private network, so it was not opened"),
	Endless:   diag.Say("一直转到别的网址", "redirects have no end"),
}

// How long an answer holds. What failed is asked again sooner: somebody may have mended it.
const (
	goodFor = 24 * time.Hour
	badFor  = time.Hour
)

// Holds reports whether an answer need not be asked for again.
func (a Answer) Holds(now time.Time) bool {
	age, most := now.Sub(a.At), goodFor
	if !a.opened() {
		most = badFor
	}
	return age >= 0 && age < most && a.Failed != Offline
}

// opened reports that there is a page.
func (a Answer) opened() bool { return a.Failed == "" && a.Status >= 200 && a.Status < 400 }

// dead reports that there is none, as the other site itself says or nobody can say.
func (a Answer) dead() bool {
	return a.Failed == NoHost || a.Status == http.StatusNotFound || a.Status == http.StatusGone
}

// why says why a link was not opened.
func (a Answer) why() diag.Text {
	if t, failed := failures[a.Failed]; failed {
		return t
	}
	switch {
	case a.Status == http.StatusTooManyRequests, a.Status == http.StatusForbidden, a.Status == http.StatusUnauthorized:
		return diag.Say("那个网站不让程序打开（%d）", "that site lets no program in (%d)", a.Status)
	case a.Status >= 500:
		return diag.Say("那个网站出错了（%d）", "that site has an error (%d)", a.Status)
	}
	return diag.Say("那个网站回应 %d", "that site answers with %d", a.Status)
}
