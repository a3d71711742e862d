# make demo    the whole app on its embedded engine: files in demo-output/ (SERVE=0: files alone)
# make test    the suite, with no bench
# make test-browser    what people do, in Chromium: skipped with a reason where there is none (ARGS="--pictures DIR")
# make api    reference of `rules` and `roadmap`, out of their docstrings, as pages in api-docs/
# make coverage    the suite with what it runs of the app, by file; below 90 % it fails (ARGS="--cov-report=html" for lines)
# make mutation    small faults in the rules, which a test must see (ARGS="nastavnik_app.rules.consents.*" for one module)
# make lint    what CI and pre-commit check
# make lock    pins the versions of all that .venv holds, with their hashes; needs uv
# make dist    wheel and archive of the sources in dist/
# make audit    asks pip-audit about them; needs the web
# make fuzz    random requests, in this process, for as long as you like (ARGS="--count 200000 --seed 2")
# make bench-test BENCH=<folder of a bench> SITE=<site that allows tests>    the same suite on real Frappe
# make perf    every benchmark with no bench, half an hour: a table, benchmarks/results.json, docs/performance.md (ARGS="--only signing")
# make bench-perf BENCH=<folder of a bench> SITE=<site without schools>    the same on real Frappe, without the page

PYTHON ?= python3
VENV := .venv
RUN := $(VENV)/bin/python
OUTPUT ?= demo-output
SERVE ?= 1
ROADMAP := nastavnik_app/roadmap nastavnik_app/roadmap/sources

.PHONY: api coverage mutation lock dist audit fuzz demo test test-browser lint bench-test perf bench-perf system

demo: system $(VENV)/ready
	$(RUN) -m benchless demo --output $(OUTPUT) $(if $(filter 0,$(SERVE)),--no-serve)

test: system $(VENV)/ready
	$(RUN) -m pytest -n auto --dist loadfile --no-loadscope-reorder

test-browser: system $(VENV)/browser
	$(RUN) -m pytest journeys -rs $(ARGS)

api: $(VENV)/docs
	$(RUN) -m pdoc --output-directory api-docs nastavnik_app.rules nastavnik_app.roadmap \
		$(subst /,.,$(basename $(filter-out %/__init__.py %/__main__.py,$(wildcard $(ROADMAP:=/*.py)))))

coverage: system $(VENV)/quality
	$(RUN) -m pytest -n auto --dist loadfile --no-loadscope-reorder --cov --cov-report=term $(ARGS)

mutation: $(VENV)/quality
	$(VENV)/bin/mutmut run $(ARGS)
	$(VENV)/bin/mutmut results

lint: $(VENV)/ready
	$(RUN) -m ruff check .
	$(RUN) -m ruff format --check .

bench-test:
	@test -n "$(BENCH)" -a -n "$(SITE)" || { echo "Say make bench-test BENCH=<folder> SITE=<site>"; exit 2; }
	cd "$(BENCH)/sites" && NASTAVNIK_SITE="$(SITE)" NASTAVNIK_SITES_PATH=. ../env/bin/python -m pytest \
		-p no:cacheprovider -c ../apps/nastavnik_app/pyproject.toml --rootdir ../apps/nastavnik_app \
		../apps/nastavnik_app/nastavnik_app/tests ../apps/nastavnik_app/benchless/tests $(ARGS)

perf: system $(VENV)/perf
	$(RUN) -m benchmarks $(ARGS)
	$(RUN) -m scripts.performance_page

bench-perf:
	@test -n "$(BENCH)" -a -n "$(SITE)" || { echo "Say make bench-perf BENCH=<folder> SITE=<site>"; exit 2; }
	cd "$(BENCH)/sites" && NASTAVNIK_SITE="$(SITE)" NASTAVNIK_SITES_PATH=. PYTHONPATH=../apps/nastavnik_app \
		../env/bin/python -m benchmarks $(ARGS)

system:
	@$(PYTHON) scripts/system_check.py

fuzz: $(VENV)/ready
	$(RUN) -m fuzz.requests $(ARGS)

lock:
	uv pip compile pyproject.toml --extra embedded --extra test --extra lint --universal --python-version 3.10 \
		--generate-hashes --no-header --no-annotate --output-file requirements.lock

dist: $(VENV)/release
	$(RUN) -m build --outdir dist

audit: $(VENV)/ready
	$(RUN) -m pip install --quiet pip-audit
	$(RUN) -m pip_audit --disable-pip --require-hashes --requirement requirements.lock

$(VENV)/ready: pyproject.toml requirements.lock
	$(PYTHON) -m venv $(VENV)
	$(RUN) -m pip install --quiet --upgrade pip
	$(RUN) -m pip install --quiet --require-hashes --requirement requirements.lock
	$(RUN) -m pip install --quiet --no-deps --editable .
	touch $@

$(VENV)/browser: $(VENV)/ready
	$(RUN) -m pip install --quiet --editable ".[browser]"
	touch $@

$(VENV)/release: $(VENV)/ready
	$(RUN) -m pip install --quiet --editable ".[release]"
	touch $@

$(VENV)/docs: $(VENV)/ready
	$(RUN) -m pip install --quiet --editable ".[docs]"
	touch $@

$(VENV)/perf: $(VENV)/ready
	$(RUN) -m pip install --quiet --editable ".[perf]"
	touch $@

$(VENV)/quality: $(VENV)/ready
	$(RUN) -m pip install --quiet --editable ".[coverage,mutation]"
	touch $@
