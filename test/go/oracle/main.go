// Command oracle type-checks Go sources given as JSON on standard input and prints the first error of each, or "".
package main

import (
	"encoding/json"
	"fmt"
	"go/ast"
	"go/format"
	"go/parser"
	"go/token"
	"go/types"
	"os"
)

type request struct {
	Imports map[string]string `json:"imports"`
	Sources []string          `json:"sources"`
}

type answer struct {
	Error     string `json:"error"`
	Formatted string `json:"formatted"`
}

type importer map[string]*types.Package

func (packages importer) Import(path string) (*types.Package, error) {
	if found, ok := packages[path]; ok {
		return found, nil
	}
	return nil, fmt.Errorf("unknown package %s", path)
}

func check(packages importer, path, source string) (*types.Package, error) {
	files := token.NewFileSet()
	file, err := parser.ParseFile(files, path+".go", source, parser.ParseComments|parser.SkipObjectResolution)
	if err != nil {
		return nil, err
	}
	config := types.Config{Importer: packages, Sizes: types.SizesFor("gc", "amd64"), GoVersion: "go1.22"}
	return config.Check(path, files, []*ast.File{file}, nil)
}

func main() {
	var given request
	if err := json.NewDecoder(os.Stdin).Decode(&given); err != nil {
		panic(err)
	}
	packages := importer{}
	for path, source := range given.Imports {
		checked, err := check(importer{}, path, source)
		if err != nil {
			panic(err)
		}
		packages[path] = checked
	}
	answers := []answer{}
	for _, source := range given.Sources {
		var result answer
		if _, err := check(packages, "p", source); err != nil {
			result.Error = err.Error()
		}
		if formatted, err := format.Source([]byte(source)); err == nil {
			result.Formatted = string(formatted)
		}
		answers = append(answers, result)
	}
	if err := json.NewEncoder(os.Stdout).Encode(answers); err != nil {
		panic(err)
	}
}
