# One command checks everything: `make test`. It needs only Go; what needs more
# (a browser) is found or installed, and said plainly when it cannot be. With
# REQUIRE_ALL=1 a check that could not run is a failure.

.PHONY: test check cross bench screenshots

test: check
	CGO_ENABLED=0 go test -timeout 45m ./...

check:
	@unformatted="$$(git ls-files -co --exclude-standard '*.go' | xargs gofmt -l)"; \
	test -z "$$unformatted" || { echo "gofmt: $$unformatted"; exit 1; }
	go vet ./...
	go tool staticcheck ./...

# The systems that qinglian is promised for: a static binary, without cgo.
cross:
	for system in linux/amd64 linux/arm64 windows/amd64 darwin/arm64; do \
		CGO_ENABLED=0 GOOS=$${system%/*} GOARCH=$${system#*/} go build ./... || exit 1; \
	done

# Whole builds beside Hugo's, into docs/performance.md. KIT is a folder with a
# corpus generator (gen/) and an equal site of Hugo's (hugo/).
KIT ?= ../shared/bench
bench:
	go run ./cmd/bench -kit $(KIT)

# The README's pictures, from the sample site.
screenshots:
	go run ./cmd/screenshots
