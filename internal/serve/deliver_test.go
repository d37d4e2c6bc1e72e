package serve

import (
	"context"
	"strings"
	"testing"
	"time"

	"qinglian/internal/diag"
)

// TestDelivery: how far it is shows while it runs; a second one does not begin beside it;
// it can be stopped, and what became of it shows then.
func TestDelivery(t *testing.T) {
	begun := 0
	half := make(chan bool)
	b := newBench(t, How{Carriage: Carriage{Places: func() []string { return []string{"web"} },
		Carry: func(ctx context.Context, place string, step func(Carried)) Carried {
			begun++
			step(Carried{Place: place, Files: 12, OfFiles: 340, Bytes: "1.2 MB", OfBytes: "34.0 MB", Left: 80 * time.Second})
			half <- true
			<-ctx.Done()
			return Carried{Place: place, Ended: true, Refused: []diag.Text{diag.Say("停下了", "stopped")}}
		}}})
	post := func(form string) string {
		return b.ask("POST", "/.preview/delivery", header{"Origin": "http://127.0.0.1:1313", "Run": "", "Body": form}).Body.String()
	}
	shown := func() string { return b.ask("GET", "/.preview/delivery", nil).Body.String() }
	if page := shown(); !strings.Contains(page, "还没有送过") {
		t.Errorf("before one there is %s", page)
	}
	if page := post("place=web"); !strings.Contains(page, "正在送到 web") {
		t.Errorf("begun, there is %s", page)
	}
	<-half
	post("place=web")
	for _, want := range []string{"已送 12 / 340 个文件，1.2 MB / 34.0 MB，还要大约 2 分钟", `max="340" value="12"`, ">停下</button>"} {
		if page := shown(); !strings.Contains(page, want) {
			t.Errorf("on its way there is no %s in %s", want, page)
		}
	}
	page := post("stop=1")
	for until := time.Now().Add(10 * time.Second); strings.Contains(page, "正在送到") && time.Now().Before(until); page = shown() {
		time.Sleep(time.Millisecond)
	}
	if !strings.Contains(page, "没有送完") || !strings.Contains(page, "停下了") || begun != 1 {
		t.Errorf("%d began; stopped, there is %s", begun, page)
	}
}
