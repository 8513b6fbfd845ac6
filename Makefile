# The front door. `make help` lists what there is.
.DEFAULT_GOAL := help
.PHONY: help demo test build bench bench-libpar bench-copytree bench-countips bench-fib \
        lint format asan tsan stress fuzz coverage install package clean configure setup-build setup-test setup-dev

# make SETUP=no ...: install no packages.
SETUP ?= yes
PREFIX ?= /usr/local
# Seconds for each fuzz target.
FUZZ_SECONDS ?= 60

setup = $(if $(filter no,$(SETUP)),,.ci/setup)
jobs := $(shell nproc)

help: ## This list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*##/ -/' | sort

demo: build ## Set the machine up, build, and show the three tools at work
	@.ci/demo build/bin

test: setup-test ## Set the machine up, build, and run every test
	@$(MAKE) --no-print-directory SETUP=no configure build
	@ctest --test-dir build --output-on-failure --parallel $(jobs)

build: setup-build ## Build everything for release into build/bin
	@[ -f build/build.ninja ] || $(MAKE) --no-print-directory configure
	@cmake --build build

configure: # Again, where packages may have come since
	@cmake --preset release

bench: bench-libpar bench-copytree bench-countips bench-fib ## Measure beside the rivals (some parts need root)

bench-libpar: setup-dev ## Measure libpar beside oneTBB
	@$(MAKE) --no-print-directory SETUP=no configure build
	@tests/bench/libpar.sh build

bench-copytree: setup-dev ## Measure copytree beside cp and rsync (needs root: loop mounts)
	@$(MAKE) --no-print-directory SETUP=no configure build
	@tests/bench/copytree.sh build/bin build/tests/bench/bare_copy

bench-countips: setup-dev ## Measure countips beside wc, gawk and others
	@$(MAKE) --no-print-directory SETUP=no configure build
	@tests/bench/countips.sh build/bin
	@tests/bench/countips_formats.sh build/bin

bench-fib: setup-dev ## Measure fib beside GMP, Python and PARI/GP
	@$(MAKE) --no-print-directory SETUP=no configure build
	@tests/bench/fib.sh build/bin build/tests/bench/gmp_loop

lint: setup-dev ## Check format, clang-tidy, scripts, floors and lock annotations
	@.ci/lint

format: setup-dev ## Format all C++ sources in place
	@git ls-files '*.h' '*.cpp' | xargs clang-format-19 -i

asan: setup-dev ## Run the tests under the address and undefined-behaviour sanitizers
	@.ci/preset-tests asan

tsan: setup-dev ## Run the tests under the thread sanitizer
	@.ci/preset-tests tsan

stress: setup-test ## Run the stress tests, some minutes
	@$(MAKE) --no-print-directory SETUP=no configure build
	@ctest --test-dir build -C stress -L stress --output-on-failure

fuzz: setup-dev ## Fuzz every parser for FUZZ_SECONDS each
	@.ci/fuzz $(FUZZ_SECONDS)

coverage: setup-dev ## Run the tests and print line coverage
	@.ci/preset-tests coverage
	@gcovr --root . --filter libpar/ --filter cmd/ build/coverage

install: build ## Install below PREFIX (/usr/local)
	@cmake --install build --prefix $(PREFIX)

package: setup-dev ## Make a .deb in build/package
	@$(MAKE) --no-print-directory SETUP=no configure build
	@cd build && cpack

clean: ## Remove everything that was built
	@rm -rf build

setup-build:
	@$(if $(setup),$(setup) build,true)

setup-test:
	@$(if $(setup),$(setup) build test,true)

setup-dev:
	@$(if $(setup),$(setup) build test dev,true)
