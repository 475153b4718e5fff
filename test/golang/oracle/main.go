// Command oracle says what go/types says of the packages given as JSON on standard input: whether they are accepted and, of those that
// are, the type and the constant value of each expression and of each declared name.
package main

import (
	"encoding/json"
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"os"
)

type request struct {
	// Root is the folder of the module `armada`, whose packages may be imported.
	Root     string        `json:"root"`
	Packages []packageText `json:"packages"`
}

type packageText struct {
	Files []fileText `json:"files"`
}

type fileText struct {
	Name string `json:"name"`
	Text string `json:"text"`
}

type answer struct {
	// Error is the first error, or "".
	Error       string       `json:"error"`
	Expressions []expression `json:"expressions"`
	Names       []name       `json:"names"`
}

type expression struct {
	File  string `json:"file"`
	Start int    `json:"start"`
	End   int    `json:"end"`
	Node  string `json:"node"`
	// Inner is where the expression inside of parentheses starts and ends.
	Inner [2]int `json:"inner"`
	Type  string `json:"type"`
	Value string `json:"value"`
	// Place says where the expression stands, if this matters: "key" in an array or slice, "constant" in one of a function, "generic" in a
	// generic function, "type" as a case of a type switch.
	Place string `json:"place"`
}

type name struct {
	File  string `json:"file"`
	Start int    `json:"start"`
	Kind  string `json:"kind"`
	Type  string `json:"type"`
	Value string `json:"value"`
}

func main() {
	var given request
	if err := json.NewDecoder(os.Stdin).Decode(&given); err != nil {
		panic(err)
	}
	packages := newImporter(given.Root)
	answers := []answer{}
	for _, each := range given.Packages {
		answers = append(answers, check(packages, each))
	}
	if err := json.NewEncoder(os.Stdout).Encode(answers); err != nil {
		panic(err)
	}
}

func check(packages types.Importer, given packageText) answer {
	positions := token.NewFileSet()
	var files []*ast.File
	for _, each := range given.Files {
		file, err := parser.ParseFile(positions, each.Name, each.Text, parser.ParseComments|parser.SkipObjectResolution)
		if err != nil {
			return answer{Error: err.Error()}
		}
		files = append(files, file)
	}
	info := &types.Info{Types: map[ast.Expr]types.TypeAndValue{}, Defs: map[*ast.Ident]types.Object{}}
	if _, err := configuration(packages).Check("p", positions, files, info); err != nil {
		return answer{Error: err.Error()}
	}
	collected := &collector{positions: positions, info: info, skipped: map[ast.Expr]bool{}, places: map[ast.Node]string{}}
	for _, file := range files {
		ast.Inspect(file, collected.visit)
	}
	return collected.facts
}

func configuration(packages types.Importer) *types.Config {
	return &types.Config{Importer: packages, Sizes: types.SizesFor("gc", "amd64"), GoVersion: "go1.25"}
}
