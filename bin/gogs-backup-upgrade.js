#!/usr/bin/env node
import '../build/src/cli/start.js';
