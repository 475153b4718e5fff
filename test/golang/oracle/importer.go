package main

import (
	"go/ast"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"os"
	"path/filepath"
	"strings"
)

// moduleImporter knows the packages of the module under root, and the standard library.
type moduleImporter struct {
	root     string
	standard types.Importer
	known    map[string]*types.Package
}

func newImporter(root string) *moduleImporter {
	return &moduleImporter{root, importer.Default(), map[string]*types.Package{}}
}

const module = "armada/"

func (packages *moduleImporter) Import(path string) (*types.Package, error) {
	if found, ok := packages.known[path]; ok {
		return found, nil
	}
	found, err := packages.load(path)
	if err != nil {
		return nil, err
	}
	packages.known[path] = found
	return found, nil
}

func (packages *moduleImporter) load(path string) (*types.Package, error) {
	if path == "unsafe" {
		return types.Unsafe, nil
	}
	if !strings.HasPrefix(path, module) {
		return packages.standard.Import(path)
	}
	folder := filepath.Join(packages.root, filepath.FromSlash(strings.TrimPrefix(path, module)))
	entries, err := os.ReadDir(folder)
	if err != nil {
		return nil, err
	}
	positions := token.NewFileSet()
	var files []*ast.File
	for _, entry := range entries {
		if !strings.HasSuffix(entry.Name(), ".go") || strings.HasSuffix(entry.Name(), "_test.go") {
			continue
		}
		file, err := parser.ParseFile(positions, filepath.Join(folder, entry.Name()), nil, parser.SkipObjectResolution)
		if err != nil {
			return nil, err
		}
		files = append(files, file)
	}
	return configuration(packages).Check(path, positions, files, nil)
}
