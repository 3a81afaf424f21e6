# Everything that is done with this project. `make check` is what CI runs.

GO      ?= go
BIN     := bin/sysv
VERSION := $(shell git describe --always --dirty 2>/dev/null || echo dev)
# No C library: one static binary that runs in an image that has nothing.
export CGO_ENABLED = 0
BUILD   := $(GO) build -trimpath -ldflags '-s -w -X main.version=$(VERSION)'

.PHONY: chkconfig confirm-service build check test race cross confirm confirm-all confirm-update-rc.d confirm-links daemons reality clients clients-all clients-target insserv-suite bench fuzz lint lint-corpus mutants mutants-rehearsed schemas docs deps clean

build: ## the binary, stripped, in bin/
	$(BUILD) -o $(BIN) ./cmd/sysv

check: deps schemas build ## all that CI runs: vet, tests with nothing skipped, cross builds, comparison with dash
	$(GO) vet ./...
	SYSV_REQUIRE_ORACLES=1 $(GO) test -timeout 30m ./...
	$(MAKE) cross
	$(MAKE) confirm
	$(MAKE) daemons
	$(MAKE) clients

test: ## the tests; those whose original is not installed skip, and say so
	$(GO) test ./...

race: ## the tests of what runs in parallel, with the race detector (needs a C compiler)
	CGO_ENABLED=1 $(GO) test -race ./system/... ./interp/... ./shell/... ./daemon/...

cross: ## what must build on other systems
	CROSS=1 $(GO) test -count=1 -run Cross ./internal/house

confirm: build ## real scripts of 60 Debian packages, under dash and under ours
	$(GO) run ./internal/confirm/cmd/confirm --ours=$(BIN)

daemons: build ## real daemons by Debian's scripts, under dash and under ours, and in a root with nothing else
	$(GO) run ./internal/daemons/cmd/daemons --ours=$(BIN)

reality: ## what the rehearsal says of real daemons, and what they really do under dash
	$(GO) run ./internal/reality/cmd/reality

clients: build ## Ansible and Puppet at work, with the original tools and with ours: the first steps
	$(GO) run ./internal/clients/cmd/clients --short --ours=$(BIN)

clients-all: build ## all that Ansible, Puppet and monit are asked to do (CHKCONFIG=BINARY: beside Red Hat's own chkconfig)
	$(GO) run ./internal/clients/cmd/clients --chkconfig=$(CHKCONFIG) --ours=$(BIN)

clients-target: build ## Ansible's own integration target for services, from its source (SOURCE=DIR, or from the archive)
	$(GO) run ./internal/clients/cmd/clients --target --only="ansible's own target" --source=$(or $(SOURCE),apt) --ours=$(BIN)

insserv-suite: build ## insserv's own test suite, from its source (SOURCE=DIR, or from the archive)
	$(GO) run ./internal/clients/cmd/clients --suite --source=$(or $(SOURCE),apt) --ours=$(BIN)

confirm-update-rc.d: ## update-rc.d: 2,000 random steps beside the original, killed at every system call, 1,000 rounds of two at once (20 minutes)
	SYSV_REQUIRE_ORACLES=1 SYSV_UPDATE_RC_D_STEPS=2000 SYSV_ROUNDS=1000 SYSV_KILL_EVERY=1 \
		$(GO) test -count=1 -timeout 120m -v ./cmd/internal/updatercd -rapid.checks=1000

confirm-links: ## insserv: links, dependency files and output beside the original's, on 200 subsets of real scripts and 2,000 made-up trees (5 minutes)
	SYSV_REQUIRE_ORACLES=1 SYSV_SUBSETS=200 SYSV_TREES=2000 $(GO) test -count=1 -timeout 60m -v ./cmd/internal/insserv
	$(GO) test -count=1 -run 'OrderHolds|SameAgain' ./runlevel -rapid.checks=20000

mutants: ## one fault at a time put into real scripts: how many the linter finds, by kind (docs/accuracy.md)
	$(GO) run ./internal/mutants/cmd/mutants --write

mutants-rehearsed: ## the same, rehearsed too, for the faults that change what a script has (some minutes)
	$(GO) run ./internal/mutants/cmd/mutants --rehearse --changed --write

confirm-all: build ## the same for all packages that are named
	$(GO) run ./internal/confirm/cmd/confirm --ours=$(BIN) --packages=all

chkconfig: ## chkconfig beside the original, which no Debian package has: make chkconfig CHKCONFIG_ORIGINAL=/path (a static build)
	$(GO) test -count=1 -tags chkconfig_original ./cmd/internal/chkconfig

confirm-service: ## 3,000 calls of service and invoke-rc.d, and of Debian's; 1,000 times two starts at once
	SYSV_REQUIRE_ORACLES=1 $(GO) test -count=1 -timeout 60m -v -run 'Calls|TwoStarts|KilledStart' ./internal/services -calls 3000 -seed 20 -rounds 1000

bench: build ## ratios against dash and Debian's service, in one run
	sh scripts/bench $(BIN)

fuzz: ## each fuzz target for a while
	sh scripts/fuzz $(or $(TIME),5m)

lint: ## static analysis
	$(GO) run github.com/golangci/golangci-lint/v2/cmd/golangci-lint@v2.15.0 run

lint-corpus: build ## our own linter over the real scripts that confirm has fetched: findings by rule
	$(BIN) lint --format=gcc --severity=style --rehearse=$(or $(REHEARSE),never) .cache/trees | sed -n 's/.*: \([a-z]*\): .*\[\(SV[0-9]*\)\]$$/\2 \1/p' | sort | uniq -c

schemas: ## SARIF's, by which a test validates ours
	sh scripts/schemas

docs: ## docs/differences.md, from the tables of the tests
	$(GO) run ./internal/differences/cmd/differences

deps: ## the programs that ours is compared with (as root on Debian; else says what is missing)
	sh scripts/deps

clean:
	rm -rf bin dist .cache
