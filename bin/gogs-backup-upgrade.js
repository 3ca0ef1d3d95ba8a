#!/usr/bin/env node
import '../dist/gogs-backup-upgrade.js';
