#!/bin/bash
# SPDX-License-Identifier: EUPL-1.2
# Sourced, not run.
# shellcheck shell=bash

# instrumented PROGRAM: it was built with a sanitizer, whose runtime is a library (gcc) or part of it
# (clang). Such a program takes several times the memory, and does not go together with faketime.
instrumented()
{
	grep -qaE '__[at]san_init' "$1"
}
