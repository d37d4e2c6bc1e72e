package main

import (
	"fmt"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// TestGallery looks through the pictures of the writing guide with the keyboard,
// with a finger, and leaves with the way back.
func TestGallery(t *testing.T) {
	browser := openBrowser(t)
	output := sampleOutput(t)
	tab, _ := openTab(t, browser, "")
	press := func(keys string) { t.Helper(); do(t, tab, chromedp.KeyEvent(keys)) }
	said := func(want string) {
		t.Helper()
		until(t, tab, fmt.Sprintf(`document.querySelector(".viewer-said")?.textContent.startsWith(%q)`, want))
	}
	closed := func() { t.Helper(); until(t, tab, `!document.querySelector(".viewer")`) }
	for _, base := range []string{serveFolder(t, output, "/"), "file://" + output + "/"} {
		do(t, tab, chromedp.EmulateViewport(phone, 800, chromedp.EmulateTouch), chromedp.Navigate(base+"writing.html"))
		eval[bool](t, tab, `(document.querySelector(".open-picture").focus(), true)`)
		press(kb.Enter)
		said("1 / 3　办税大厅")
		press(kb.ArrowRight)
		said("2 / 3　临水的过道")
		press(kb.End)
		press(kb.ArrowRight)
		said("1 / 3　") // round again
		press(kb.ArrowLeft)
		said("3 / 3　学校的院子")
		press(kb.Tab) // from the way out to the first button
		press(kb.Enter)
		said("2 / 3　")
		for _, mode := range []string{"", "large", "contrast"} {
			eval[bool](t, tab, `(lotus.set("`+mode+`"), true)`)
			checkWidth(t, tab, phone)
		}
		eval[bool](t, tab, `(lotus.set(""), true)`)

		touch := func(kind input.DispatchTouchEventType, x float64) {
			t.Helper()
			p := input.DispatchTouchEventParams{Type: kind, TouchPoints: []*input.TouchPoint{}}
			if kind != input.DispatchTouchEventTypeTouchEnd {
				p.TouchPoints = append(p.TouchPoints, &input.TouchPoint{X: x, Y: 300})
			}
			if _, err := chromedp.Call(tab, input.DispatchTouchEvent, p); err != nil {
				t.Fatal(err)
			}
		}
		touch(input.DispatchTouchEventTypeTouchStart, 300)
		touch(input.DispatchTouchEventTypeTouchMove, 100)
		touch(input.DispatchTouchEventTypeTouchEnd, 0)
		said("3 / 3　")

		press(kb.Escape)
		closed()
		if !eval[bool](t, tab, `document.activeElement.classList.contains("open-picture")`) {
			t.Error("the focus is lost")
		}
		press(kb.Enter)
		said("1 / 3　")
		eval[bool](t, tab, `(history.back(), true)`)
		closed()
		if at := eval[string](t, tab, `location.pathname`); !strings.HasSuffix(at, "/writing.html") {
			t.Errorf("the way back led to %s", at)
		}
	}
}
