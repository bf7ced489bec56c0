# Two commands do everything: `make run` and `make test`.
# Each prepares the machine first (scripts/set_up.sh).

bin := .venv/bin

help: ## Say what each command does
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-12s %s\n", $$1, $$2 }' Makefile

run: ## Start Minga here, with demonstration data on the first run, and print its address
	@scripts/set_up.sh run
	@$(bin)/minga up $(ARGS)

test: ## Check format, lint, types and imports, and run every test on SQLite and PostgreSQL
	@scripts/set_up.sh test
	$(bin)/ruff format --check .
	$(bin)/ruff check .
	$(bin)/mypy
	$(bin)/lint-imports
	$(bin)/pytest -n 3 --dist loadfile --no-loadscope-reorder $(ARGS)

proof: ## Run the long counts: kills, races, mutations
	@scripts/set_up.sh test
	$(bin)/python -m benchmarks.proof $(ARGS)

bench: ## Measure: moves a second, the ten-thousandth event, the board at scale
	@scripts/set_up.sh test
	$(bin)/python -m benchmarks $(ARGS)

format: ## Format the code and mend what can be mended by itself
	@scripts/set_up.sh test
	$(bin)/ruff format .
	$(bin)/ruff check --fix .

lock: ## Write the locks in requirements/ anew (UPGRADE=--upgrade takes newer versions)
	@scripts/set_up.sh run
	@scripts/lock.sh $(UPGRADE)

sbom: ## Write the bill of materials of this version to build/ (CycloneDX)
	@scripts/set_up.sh test
	@scripts/sbom.sh

dependencies: ## Ask the public lists of weaknesses about every package that runs (3: no list could be asked)
	@scripts/set_up.sh test
	@$(bin)/python -m scripts.dependencies

coverage: ## Run every test counting lines and branches, and fail below what is promised
	@scripts/set_up.sh test
	@scripts/coverage.sh $(ARGS)

clean: ## Remove the environment and every cache; var/ (the data) stays
	rm -rf .venv build dist *.egg-info .coverage htmlcov .hypothesis
	rm -rf .import_linter_cache .mypy_cache .pytest_cache .ruff_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

.PHONY: help run test proof bench format lock sbom dependencies coverage clean
