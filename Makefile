# One command checks everything: `make test`. It needs only Go; what needs more
# (a browser) is found or installed, and said plainly when it cannot be. With
# REQUIRE_ALL=1 a check that could not run is a failure.

.PHONY: test check race fuzz cross arm windows source release release-check setup-check icon bench screenshots

test: check
	CGO_ENABLED=0 go test -timeout 45m -parallel 4 ./...

check:
	@unformatted="$$(git ls-files -co --exclude-standard '*.go' | xargs gofmt -l)"; \
	test -z "$$unformatted" || { echo "gofmt: $$unformatted"; exit 1; }
	go vet ./...
	go tool staticcheck ./...

# What runs on several cores at once, under the race detector. It needs cgo and gcc.
race:
	CGO_ENABLED=1 go test -race -timeout 30m $(addprefix ./internal/,build publish serve snapshot theme watch)

# Every fuzz target for a while, two at a time, from what its test and its testdata/fuzz
# hold. The targets are found, so that none is forgotten. What fails one is kept in
# testdata/fuzz. Go takes the end of the time for a failure now and then (golang.org/issue/75804):
# a target that fails by nothing else has another try.
FUZZTIME ?= 10s
fuzz:
	@targets="$$(for folder in $$(git grep --untracked -l '^func Fuzz' -- '*_test.go' | xargs -n1 dirname | sort -u); do \
		go test -list '^Fuzz' ./$$folder | grep '^Fuzz' | sed "s|^|$$folder |"; done)"; \
	test $$(echo "$$targets" | wc -l) -eq $$(git grep --untracked -h '^func Fuzz' -- '*_test.go' | wc -l) || exit 1; \
	echo "$$targets" | xargs -P 2 -L 1 sh -c 'of=$$0 target=$$1; try() { go test -run "^$$" -fuzz "^$$target$$" \
		-fuzztime $(FUZZTIME) -fuzzminimizetime 20x -parallel 1 ./$$of 2>&1; }; \
		said="$$(try)" || case "$$said" in *"Failing input"*) false;; \
			*"context deadline exceeded"*) said="$$(try)";; *) false;; esac || { echo "$$said"; exit 255; }; \
		echo "$$of $$target: $$(echo "$$said" | grep execs | tail -n1)"'

# The systems that qinglian is promised for: a static binary, without cgo.
cross:
	for system in linux/amd64 linux/arm64 windows/amd64 darwin/arm64; do \
		CGO_ENABLED=0 GOOS=$${system%/*} GOARCH=$${system#*/} go build ./... || exit 1; \
	done

# The program for arm64, under qemu, makes of the sample what that for this machine makes.
QEMU ?= qemu-aarch64-static
arm:
	set -e; work="$$(mktemp -d)"; trap 'rm -rf "$$work"' EXIT; \
	CGO_ENABLED=0 go build -o "$$work/here" ./cmd/qinglian; \
	CGO_ENABLED=0 GOOS=linux GOARCH=arm64 go build -o "$$work/arm64" ./cmd/qinglian; \
	$(QEMU) "$$work/arm64" version --lang en | grep 'linux/arm64'; \
	"$$work/here" init "$$work/site"; \
	"$$work/here" build --source "$$work/site" --now 2026-11-24 --output "$$work/one"; \
	rm -r "$$work/site/.qinglian"; \
	$(QEMU) "$$work/arm64" build --source "$$work/site" --now 2026-11-24 --output "$$work/other"; \
	diff -r --exclude='.qinglian*' "$$work/one" "$$work/other"; \
	$(QEMU) "$$work/arm64" init "$$work/again"; \
	diff -r --exclude=.qinglian --exclude=config.toml "$$work/site" "$$work/again"

# What only Windows has, under Wine, with the code page of Chinese offices and a drive D:.
# WINE runs a Windows program; its folder of drives is in WINEPREFIX.
WINE ?= $(CURDIR)/../shared/windows/run
windows: export WINEPREFIX ?= $(or $(TMPDIR),/tmp)/qinglian-wine
windows: export LC_ALL = zh_CN.UTF-8
windows:
	locale -a | grep -qix 'zh_CN.utf-*8' || localedef -i zh_CN -f UTF-8 zh_CN.UTF-8
	$(WINE) cmd /c exit
	mkdir -p $$WINEPREFIX/drive_d && ln -sfn ../drive_d $$WINEPREFIX/dosdevices/d:
	GOOS=windows GOARCH=amd64 CGO_ENABLED=0 go test -count 1 -timeout 10m -exec $(WINE) ./internal/rooted
	GOOS=windows GOARCH=amd64 CGO_ENABLED=0 go test -count 1 -timeout 10m -run '^TestWindows' -exec $(WINE) ./internal/serve
	GOOS=windows GOARCH=amd64 CGO_ENABLED=0 go test -count 1 -timeout 10m -run '^TestWindows' -exec $(WINE) ./cmd/qinglian

# The source with all the modules that it needs, for who reaches no proxy:
# unpacked, it builds with `go build -mod=vendor ./cmd/qinglian`. Same source, same bytes.
SOURCE ?= qinglian-source.tar.gz
source:
	@set -e; work="$$(mktemp -d)"; trap 'rm -rf "$$work"' EXIT; \
	git archive --prefix=qinglian/ HEAD | tar -x -C "$$work"; \
	(cd "$$work/qinglian" && go mod vendor); \
	tar --sort=name --owner=0 --group=0 --numeric-owner --mtime="@$$(git log -1 --format=%ct)" -C "$$work" -cf - qinglian | gzip -n > "$(SOURCE)"; \
	echo "$(SOURCE)"

# A release, from the commit that is checked out, into dist/: archives, packages, the
# installer, the source, what it is made of (SBOM) and the sums of all. It needs makensis.
# release-check makes it twice, each in a folder of its own, and compares.
RELEASE = $(or $(TMPDIR),/tmp)/qinglian-release
release:
	release/make "$(VERSION)" dist
release-check:
	set -e; rm -rf $(RELEASE); mkdir -p $(RELEASE)/one "$(RELEASE)/又一 遍"; \
	COMMIT=$$(git rev-parse HEAD); export COMMIT; \
	TMPDIR=$(RELEASE)/one release/make "$(VERSION)" dist; \
	TMPDIR="$(RELEASE)/又一 遍" release/make "$(VERSION)" $(RELEASE)/again; \
	diff dist/SHA256SUMS $(RELEASE)/again/SHA256SUMS; \
	rm -rf $(RELEASE)

# The installer in dist/ under Wine: installs, runs what it installed, takes it away.
setup-check: export WINEPREFIX ?= $(or $(TMPDIR),/tmp)/qinglian-wine
setup-check: export WINE := $(WINE)
setup-check: export LC_ALL = zh_CN.UTF-8
setup-check:
	release/try dist/*-setup.exe

# The icon of the program, from the mark of the theme. It needs rsvg-convert and icotool.
icon:
	set -e; work="$$(mktemp -d)"; trap 'rm -rf "$$work"' EXIT; \
	for n in 16 20 24 32 48 256; do rsvg-convert -w $$n -h $$n themes/lotus/assets/favicon.svg -o "$$work/$$n.png"; done; \
	cd "$$work"; icotool -c -o $(CURDIR)/release/qinglian.ico 16.png 20.png 24.png 32.png 48.png -r 256.png

# Whole builds beside Hugo's, into docs/performance.md. KIT is a folder with a
# generator of articles and a site of Hugo's; BENCH chooses what is measured:
# make bench BENCH='-only cold,edit -in /dev/shm'.
KIT ?= ../shared/bench
bench:
	go run ./cmd/bench -kit $(KIT) $(BENCH)

# The README's pictures, from the sample site.
screenshots:
	go run ./cmd/screenshots
